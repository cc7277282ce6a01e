import { compile } from 'html-to-text';

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

/** Longest HTML that is read; what comes after is dropped. */
const MAX_HTML = 200_000;

/** Made once: making it takes far longer than most texts. */
const convert = compile({
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

/** Text of a shop's HTML: no tags, entities decoded, scripts and styles gone with what they hold, paragraphs kept as lines. */
export function plainText(html: string): string {
  const cut = html.slice(0, MAX_HTML);
  // Most names hold no markup; what the converter does with their spaces is done here.
  const text = /[<&]/.test(cut) ? convert(cut) : cut.replace(/[ \t\r\n\f\u200b]+/g, ' ');
  return (
    text
      // Control characters are never part of a text, line breaks apart.
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, ' ')
      // Nor are overrides of the writing direction: unclosed, they turn round whatever stands after the text.
      .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

/** The same for a name or a label: one line. */
export function plainLine(html: string): string {
  return plainText(html).replace(/\s+/g, ' ');
}
