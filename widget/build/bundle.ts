import path from 'node:path';
import { minify, type MinifyOptions } from 'terser';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { smallest } from './compress.ts';
import { plainImports, lessLit } from './less.ts';
import { outDir, root, versionIn } from './places.ts';
import { minifyTemplates } from './templates.ts';

const { version: terserVersion } = versionIn('node_modules/terser/package.json');

/** Nothing unsafe; but in our code and in Lit's, reading a property does nothing, and no function is called by `new`: classes are. */
const TERSER: MinifyOptions = {
  module: true,
  ecma: 2020,
  compress: { passes: 3, pure_getters: true, keep_fargs: false, sequences: false, unsafe_arrows: true },
};

/** Over what Vite's own minifier leaves, which makes most files 1 % less. */
const terserLast: Plugin = {
  name: 'terser-last',
  // The names of files come before this, and shall change with it.
  augmentChunkHash: () => JSON.stringify([TERSER, terserVersion]),
  async generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk') continue;
      // What it leaves is made less once more by another go.
      const { code: once = file.code } = await minify(file.code, TERSER);
      const { code = once } = await minify(once, TERSER);
      if (smallest(code).length < smallest(file.code).length) file.code = code;
    }
  },
};

/** Builds one bundle into `dist/`, beside what is there. @returns its files */
export async function bundle(
  config: Pick<InlineConfig, 'define'>,
  options: Rolldown.RolldownOptions,
): Promise<Rolldown.RolldownOutput['output']> {
  const output = await build({
    configFile: false,
    root: path.join(root, 'widget'),
    logLevel: 'warn',
    plugins: [plainImports, minifyTemplates, lessLit, terserLast],
    // Its base class is our own (ADR 7).
    resolve: { alias: [{ find: /^lit$/, replacement: 'lit-html' }] },
    ...config,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: false,
      // A table of our own follows.
      reportCompressedSize: false,
      // How long terser takes is no concern of who starts the shop.
      rolldownOptions: { ...options, checks: { bundlerTimings: false } },
    },
  });
  return (output as Rolldown.RolldownOutput).output;
}
