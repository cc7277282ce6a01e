import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { outDir } from './places.ts';

const { BROTLI_MODE_FONT, BROTLI_MODE_GENERIC, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_MODE, BROTLI_PARAM_NPOSTFIX } =
  constants;
/** None of brotli's ways is the best for all files as small as these; how they are read again is the same. */
const WAYS = [BROTLI_MODE_GENERIC, BROTLI_MODE_FONT].flatMap((mode) =>
  [0, 16].flatMap((lgblock) =>
    [0, 1, 2].map((npostfix) => ({
      [BROTLI_PARAM_MODE]: mode,
      [BROTLI_PARAM_LGBLOCK]: lgblock,
      [BROTLI_PARAM_NPOSTFIX]: npostfix,
    })),
  ),
);

export function smallest(bytes: Buffer | string): Buffer {
  const forms = WAYS.map((params) => brotliCompressSync(bytes, { params }));
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}

/** Lays the compressed forms beside a file, for the proxy to serve, and tells the sizes. */
export function compress(name: string): Record<string, string> {
  const file = path.join(outDir, name);
  const bytes = readFileSync(file);
  const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), smallest(bytes)];
  writeFileSync(`${file}.gz`, gzip);
  writeFileSync(`${file}.br`, brotli);
  const kB = (buffer: Buffer): string => (buffer.length / 1000).toFixed(2);
  return { 'raw kB': kB(bytes), 'gzip kB': kB(gzip), 'brotli kB': kB(brotli) };
}
