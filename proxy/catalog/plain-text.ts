import { convert } from 'html-to-text';

/** Text of a shop's HTML: no tags, entities decoded, scripts and styles gone with what they hold, paragraphs kept as lines. */
export function plainText(html: string): string {
  const text = convert(html.slice(0, MAX_HTML), {
    wordwrap: false,
    // What is nested deeper is dropped: the converter calls itself for every level, and the stack has an end.
    limits: { maxDepth: 100 },
    selectors: [
      { selector: 'a', options: { ignoreHref: true } },
      { selector: 'img', format: 'skip' },
      { selector: 'script', format: 'skip' },
      { selector: 'style', format: 'skip' },
      ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ],
  });
  // Control characters are never part of a text, line breaks apart.
  return text
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The same for a name or a label: one line. */
export function plainLine(html: string): string {
  return plainText(html).replace(/\s+/g, ' ');
}

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** Longest HTML that is read; what comes after is dropped. */
const MAX_HTML = 200_000;
