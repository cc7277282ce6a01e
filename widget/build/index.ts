/**
 * Five bundles: every language's words but the English ones; the panel, a module named by its content that knows where they are;
 * the loader, a classic script with the panel's name and hash built in; the element alone, for pages that write it themselves; and the
 * greetings. What stands in `dist/` is served as it is: the loader as `/widget.js`, the others below `/widget/`, and the widget once
 * more below `/v<version>/`, for pages that pin a version.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Rolldown } from 'vite';
import { typings } from '../../docs/api/typings.ts';
import { LANGUAGES } from '../i18n/locale.ts';
import { bundle } from './bundle.ts';
import { compress } from './compress.ts';
import { bearOneHash, exportOwnNames } from './names.ts';
import { outDir, root, versionIn } from './places.ts';

/** What the panel can't do without, by its imports. */
const inPanel = new Set<string>();
const panelModules: Rolldown.Plugin = {
  name: 'panel-modules',
  buildEnd() {
    const add = (id: string): void => {
      // Of the wire's contract, what only later pieces send.
      if (inPanel.has(id) || /protocol\/(?:page-tool|requests)\.ts$/.test(id)) return;
      inPanel.add(id);
      this.getModuleInfo(id)?.importedIds.forEach(add);
    };
    add(path.join(root, 'widget/define.ts'));
  },
};

/** As the attribute `integrity` wants it. */
function integrity(name: string, kind: 'sha256' | 'sha384' = 'sha384'): string {
  const hash = createHash(kind).update(readFileSync(path.join(outDir, name)));
  return `${kind}-${hash.digest('base64')}`;
}

// Pages that have pinned an earlier version go on with its files; this one's are made anew.
const { version } = versionIn('package.json');
const pinned = `v${version}`;
for (const name of existsSync(outDir) ? readdirSync(outDir) : []) {
  if (name === pinned || !/^v\d/.test(name)) rmSync(path.join(outDir, name), { recursive: true });
}
/**
 * Every language's words, each a file that needs no other. All of them bear one hash, of all of them together: so the panel
 * tells their names by the language alone, which is shorter than fourteen names.
 */
const words = await bundle(
  {},
  {
    input: Object.fromEntries(
      LANGUAGES.split(' ').flatMap((language) => (language === 'en' ? [] : [[language, `i18n/${language}.ts`]])),
    ),
    preserveEntrySignatures: 'strict',
    output: { entryFileNames: 'widget/[name].js' },
  },
);
const wordsVersion = bearOneHash(words);
const chunks = await bundle(
  { define: { WORDS_VERSION: JSON.stringify(wordsVersion) } },
  {
    input: 'define.ts',
    // What comes later takes what it needs from the panel, instead of a third file that both would wait for.
    preserveEntrySignatures: 'allow-extension',
    plugins: [panelModules],
    output: {
      entryFileNames: 'widget/panel-[hash].js',
      chunkFileNames: 'widget/[name]-[hash].js',
      // One file, however many later ones share its modules: the loader knows one hash.
      codeSplitting: { groups: [{ name: 'panel', test: (id) => inPanel.has(id) }] },
    },
  },
);
exportOwnNames(chunks[0], chunks.slice(1));
const panel = `widget/panel-${bearOneHash(chunks)}.js`;
const [{ fileName: loader }] = await bundle(
  { define: { PANEL_FILE: JSON.stringify(panel), PANEL_INTEGRITY: JSON.stringify(integrity(panel, 'sha256')) } },
  { input: 'loader.ts', output: { format: 'iife', entryFileNames: 'widget.js' } },
);
await bundle(
  { define: { PANEL_FILE: JSON.stringify(path.basename(panel)) } },
  { input: 'element.ts', output: { entryFileNames: 'widget/element.js' } },
);
// Of few shops, and so by itself, under a name that their pages can write down.
await bundle(
  {},
  {
    input: 'greet/start.ts',
    output: { entryFileNames: 'widget/greet.js', chunkFileNames: 'widget/greet-[name]-[hash].js' },
  },
);
writeFileSync(path.join(outDir, 'widget.d.ts'), typings());
const others = readdirSync(path.join(outDir, 'widget'))
  .map((name) => `widget/${name}`)
  .filter((name) => name !== panel);
console.table(Object.fromEntries([loader, panel, ...others].map((name) => [name, compress(name)])));
for (const name of [loader, `${loader}.br`, `${loader}.gz`, 'widget']) {
  cpSync(path.join(outDir, name), path.join(outDir, pinned, name), { recursive: true });
}
console.log(`${panel}: ${integrity(panel)}`);
console.log(`A tag for this version alone (see README.md, "Pin a version"):
<script src="https://proxy.example/${pinned}/${loader}" integrity="${integrity(loader)}"
  crossorigin="anonymous" defer data-shop="my-shop"></script>`);
