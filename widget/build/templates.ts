import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { root } from './places.ts';

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
    .trimStart()
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
export const minifyTemplates: Plugin = {
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
