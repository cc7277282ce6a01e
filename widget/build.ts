/**
 * Four bundles: every language's words but the English ones; the panel, a module named by its content that knows where they are;
 * the loader, a classic script with the panel's name and hash built in; the element alone, for pages that write it themselves; and the
 * greetings. What stands in `dist/` is served as it
 * is: the loader as `/widget.js`, the others below `/widget/`, and all once more below `/v<version>/`, for pages that pin a version.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { minify, type MinifyOptions } from 'terser';
import { build, type InlineConfig, type Plugin, type Rolldown } from 'vite';
import { typings } from '../docs/api/typings.ts';
import { LANGUAGES } from './i18n/locale.ts';
import { cutLit } from './lit-cuts.ts';

const root = path.resolve(import.meta.dirname, '..');
const versionIn = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as { version: string };
const { version: terserVersion } = versionIn('node_modules/terser/package.json');
const outDir = path.join(root, 'dist');

interface SyntaxNode {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

/** The pieces of text in template literals tagged `css`, `html` or `svg`. */
function* templateTexts(node: unknown, tag = ''): Generator<SyntaxNode & { tag: string }> {
  if (typeof node !== 'object' || node === null) return;
  const { type } = node as SyntaxNode;
  if (type === 'TemplateElement' && tag) yield { ...(node as SyntaxNode), tag };
  const own = type === 'TaggedTemplateExpression' ? ((node as SyntaxNode)['tag'] as { name?: string }).name : '';
  for (const [key, child] of Object.entries(node)) {
    const inside = key === 'quasi' ? (own ?? '') : key === 'quasis' ? tag : '';
    if (Array.isArray(child)) for (const item of child) yield* templateTexts(item, inside);
    else yield* templateTexts(child, inside);
  }
}

/** A custom property of ours; those of a shop's theme get their names at run time. */
const OWN_PROPERTY = /--_(?!shop-)[a-z-]+/g;

function squeeze({ tag }: { tag: string }, text: string): string {
  // Between tags, and between a tag and an expression, a line break is only layout of the source; a space that counts is written on one line.
  if (tag !== 'css')
    return text
      .replace(/>\s*\n\s*(?=<|$)/g, '>')
      .replace(/^\s*\n\s*</, '<')
      .replace(/\s*\n\s*/g, ' ')
      .replace(/ >/g, '>')
      .replace(/="([\w-]+)"(?=[ >])/g, '=$1');
  return text
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/\b0\./g, '.')
    .replace(/ > /g, '>')
    .replace(/;}/g, '}');
}

/** What only our own sheets read, in a few letters: by their order in all of the source, so that every file has the same. */
const ownProperties = new Set(
  globSync('**/*.ts', { cwd: path.join(root, 'widget') })
    .flatMap((file) => readFileSync(path.join(root, 'widget', file), 'utf8').match(OWN_PROPERTY) ?? [])
    .toSorted(),
);
const shortProperties = new Map([...ownProperties].map((name, index) => [name, `--_${index.toString(36)}`]));

/** Minifiers leave template literals alone, and there are our styles and our markup. */
const minifyTemplates: Plugin = {
  name: 'minify-templates',
  enforce: 'post',
  transform(source, id) {
    if (!id.startsWith(path.join(root, 'widget'))) return null;
    const code = source.replace(OWN_PROPERTY, (name) => shortProperties.get(name)!);
    let result = '';
    let done = 0;
    const texts = [...templateTexts(this.parse(code))].filter(({ tag }) => ['css', 'html', 'svg'].includes(tag));
    // A template inside another's expression lies between the outer one's pieces.
    for (const text of texts.toSorted((a, b) => a.start - b.start)) {
      result += code.slice(done, text.start) + squeeze(text, code.slice(text.start, text.end));
      done = text.end;
    }
    // Squeezed, a sheet is plain text: nothing in it is escaped.
    return code === source && done === 0
      ? null
      : { code: (result + code.slice(done)).replaceAll(' css`', ' `'), map: null };
  },
};

/** Vite's loader for styles and preloads of an `import()`, half a kilobyte of it: there are none. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
};

/** See lit-cuts.ts. */
const lessLit: Plugin = {
  name: 'less-lit',
  enforce: 'pre',
  transform(code, id) {
    if (id.endsWith('node_modules/lit-html/directive.js')) throw new Error('Directives are left out (lit-cuts.ts).');
    return id.endsWith('node_modules/lit-html/lit-html.js') ? { code: cutLit(code), map: null } : null;
  },
};

const { BROTLI_MODE_FONT, BROTLI_MODE_GENERIC, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_MODE, BROTLI_PARAM_NPOSTFIX } =
  constants;
/** None of brotli's ways is the best for all files as small as these; how they are read again is the same. */
const WAYS = [BROTLI_MODE_GENERIC, BROTLI_MODE_FONT].flatMap((mode) =>
  [0, 16].flatMap((lgblock) =>
    [0, 1].map((npostfix) => ({
      [BROTLI_PARAM_MODE]: mode,
      [BROTLI_PARAM_LGBLOCK]: lgblock,
      [BROTLI_PARAM_NPOSTFIX]: npostfix,
    })),
  ),
);

function smallest(bytes: Buffer | string): Buffer {
  const forms = WAYS.map((params) => brotliCompressSync(bytes, { params }));
  return forms.reduce((best, form) => (form.length < best.length ? form : best));
}

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

async function bundle(
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

/** Lays the compressed forms beside a file, for the proxy to serve, and tells the sizes. */
function compress(name: string): Record<string, string> {
  const file = path.join(outDir, name);
  const bytes = readFileSync(file);
  const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), smallest(bytes)];
  writeFileSync(`${file}.gz`, gzip);
  writeFileSync(`${file}.br`, brotli);
  const kB = (buffer: Buffer): string => (buffer.length / 1000).toFixed(2);
  return { 'raw kB': kB(bytes), 'gzip kB': kB(gzip), 'brotli kB': kB(brotli) };
}

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

type Output = readonly { fileName: string }[];

/** Rewrites a bundle's files where they lie. */
function rewrite(files: Output, change: (code: string, name: string) => string): void {
  for (const { fileName } of files) {
    const file = path.join(outDir, fileName);
    writeFileSync(file, change(readFileSync(file, 'utf8'), fileName));
  }
}

/**
 * Names all of a bundle's files by one hash, of all of them together, in place of one for each: it is said once in a compressed
 * file that names many others.
 * @returns the hash
 */
function bearOneHash(files: Output): string {
  const hash = createHash('sha256');
  for (const { fileName } of files) hash.update(readFileSync(path.join(outDir, fileName)));
  const version = hash.digest('base64url').slice(0, 8);
  const renamed = (name: string) => name.replace(/(?:-.{8})?\.js$/, `-${version}.js`);
  const names = files.map(({ fileName }) => path.basename(fileName));
  rewrite(files, (code) => names.reduce((code, name) => code.replaceAll(`./${name}`, `./${renamed(name)}`), code));
  for (const { fileName } of files) renameSync(path.join(outDir, fileName), path.join(outDir, renamed(fileName)));
  return version;
}

/**
 * What later files take from the panel goes by the name it has there: `export{a,b}` for `export{a as b,b as c}`.
 * @throws when a file takes it in a form that isn't known here
 */
function exportOwnNames(panel: Output[number], others: Output): void {
  const own = new Map<string, string>();
  rewrite([panel], (code) =>
    code.replace(/export\{([^}]*)\}/, (_list, list: string) => {
      const kept = list.split(',').map((item) => {
        const [local = '', name = local] = item.split(' as ');
        // Of longer names, the loader knows.
        if (name.length > 2) return item;
        own.set(name, local);
        return local;
      });
      return `export{${[...new Set(kept)].join(',')}}`;
    }),
  );
  const from = `from"./${path.basename(panel.fileName)}"`;
  const taking = new RegExp(`import\\{([^{}]*)\\}${from.replaceAll('.', '\\.')}`, 'g');
  rewrite(others, (code, name) => {
    if (code.split(from).length - 1 !== [...code.matchAll(taking)].length)
      throw new Error(`${name}: how does it take ${from}?`);
    return code.replace(taking, (_list, list: string) => {
      const taken = list.split(',').map((item) => {
        const [theirs = '', here = theirs] = item.split(' as ');
        const local = own.get(theirs) ?? theirs;
        return local === here ? local : `${local} as ${here}`;
      });
      return `import{${taken.join(',')}}${from}`;
    });
  });
}

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
