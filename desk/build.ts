/**
 * The owner's desk: `dist/admin/`, a page and its modules, each named by its content but the page. The proxy serves it at
 * `/admin/` as it is.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = path.resolve(import.meta.dirname, '..');
const outDir = path.join(root, 'dist/admin');

await build({
  configFile: false,
  root: path.join(root, 'desk'),
  base: '/admin/',
  publicDir: path.join(root, 'desk/public'),
  logLevel: 'warn',
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    // A `data:` address is a second source for the content policy to allow.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { desk: path.join(root, 'desk/index.html'), preview: path.join(root, 'desk/preview.html') },
    },
  },
});

const rows = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(?:js|css|html|svg)$/.test(name))
  .map((name) => {
    const file = path.join(outDir, name);
    const bytes = readFileSync(file);
    const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
    writeFileSync(`${file}.gz`, gzip);
    writeFileSync(`${file}.br`, brotli);
    return { name: `admin/${name}`, raw: bytes.length, gzip: gzip.length, brotli: brotli.length };
  });
const kB = (bytes: number): string => (bytes / 1000).toFixed(2);
const sum = (of: 'raw' | 'gzip' | 'brotli'): number => rows.reduce((total, row) => total + row[of], 0);
const all = { name: 'admin/ in all', raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
console.table(
  Object.fromEntries(
    [...rows, all].map(({ name, raw, gzip, brotli }) => [
      name,
      { 'raw kB': kB(raw), 'gzip kB': kB(gzip), 'brotli kB': kB(brotli) },
    ]),
  ),
);
