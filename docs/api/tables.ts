/** What is written down of the manifest: a chapter of the README, and hints for VS Code. */
import type { Declaration, Described } from './manifest.ts';

const BEGIN = '<!-- api: made by `npm run docs:api` -->';
const END = '<!-- /api -->';

const line = (text = ''): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

function table(head: string, rows: readonly (readonly [string, string | undefined])[]): string {
  return [`| ${head} |  |`, '| --- | --- |', ...rows.map(([name, text]) => `| \`${name}\` | ${line(text)} |`)].join(
    '\n',
  );
}

const listed = (items: readonly Described[]): [string, string | undefined][] =>
  items.map(({ name, description }) => [name, description]);

/** Markdown, before it is formatted. */
function chapter({ members, attributes, events, slots, cssParts, cssProperties }: Declaration): string {
  const fields = members.filter(({ kind, attribute }) => kind === 'field' && attribute === undefined);
  const methods = members.filter(({ kind }) => kind === 'method');
  const signature = ({ name, parameters = [] }: (typeof methods)[number]): string =>
    `${name}(${parameters.map((parameter) => parameter.name + (parameter.default !== undefined || parameter.optional ? '?' : '')).join(', ')})`;
  return [
    table('attribute', listed(attributes)),
    table('property', listed(fields)),
    table(
      'method',
      methods.map((method) => [signature(method), method.description]),
    ),
    table(
      'event',
      events.map(({ name, type, description }) => [name, `${description ?? ''}${type ? ` \`${type.text}\`` : ''}`]),
    ),
    table('slot', listed(slots)),
    table('part', listed(cssParts)),
    table(
      'custom property',
      cssProperties.map(({ name, description, default: initial }) => [
        name,
        `${description ?? ''}${initial === undefined ? '' : ` \`${initial}\``}`,
      ]),
    ),
  ].join('\n\n');
}

/** The README with this chapter in the place of its old one. @throws Error where it has no place for it */
export function withChapter(readme: string, element: Declaration): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md must have the lines ${BEGIN} and ${END}.`);
  return `${readme.slice(0, begin)}${BEGIN}\n\n${chapter(element)}\n\n${readme.slice(end)}`;
}

/** https://github.com/microsoft/vscode-custom-data */
export function vscodeData({ tagName, summary, attributes }: Declaration): object {
  const values = (type = ''): { name: string }[] =>
    [...type.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => ({ name }));
  return {
    version: 1.1,
    tags: [
      {
        name: tagName,
        description: line(summary),
        attributes: attributes.map(({ name, description, type }) => ({
          name,
          description: line(description),
          ...(values(type?.text).length > 0 && { values: values(type?.text) }),
        })),
      },
    ],
    globalAttributes: [
      { name: 'data-shopclerk-open', description: 'A press opens the chat.' },
      { name: 'data-shopclerk-prompt', description: 'With data-shopclerk-open: asks this at once.' },
    ],
  };
}
