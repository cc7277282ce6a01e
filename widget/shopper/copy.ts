import type { Message, Part } from '../state/state.ts';

/** A line of a list, with the characters that would end its link early taken from it. */
function link(title: string, url: string): string {
  return `- [${title.replace(/[[\]\\]/g, '\\$&')}](${url.replace(/[()\s]/g, encodeURIComponent)})`;
}

function written(part: Part): string {
  if (part.type === 'text') return part.content.trim();
  if (part.type !== 'products' && part.type !== 'comparison') return '';
  const heading = part.title ? [part.title, ''] : [];
  return [...heading, ...part.products.map(({ title, url }) => link(title, url))].join('\n');
}

/** The answer as Markdown: its text as it was written, its cards as links, its sources as notes. */
export function asMarkdown({ parts }: Message): string {
  const notes = parts
    .flatMap((part) => (part.type === 'citations' ? part.data : []))
    .map(({ number, title, section, url }) => `[^${number}]: ${[title, section, url].filter(Boolean).join(', ')}`);
  return [...parts.map(written), notes.join('\n')].filter(Boolean).join('\n\n');
}
