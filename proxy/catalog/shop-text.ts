import { plainLine, plainText } from './plain-text.ts';

const MAX_LABEL = 300;
/** More would not help the model, and travels with every search result. */
const MAX_DESCRIPTION = 2_000;

/** A name on one line, no longer than the catalogue takes. */
export function label(html: string): string {
  // Almost all names are plain, and the converter is slow.
  const line = PLAIN.test(html)
    ? html
        .slice(0, 10 * MAX_LABEL)
        .replace(/\s+/g, ' ')
        .trim()
    : plainLine(html);
  return cut(line, MAX_LABEL).trim();
}

/** No markup, no entities, nothing that the converter would take out. */
const PLAIN = /^[^<&\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]*$/u;

/** A description as plain text, paragraphs kept as lines. */
export function description(html: string): string {
  return cut(plainText(html), MAX_DESCRIPTION).trim();
}

/** Labels without empty and repeated ones. */
export function labels(texts: readonly string[]): string[] {
  return [...new Set(texts.map(label))].filter((text) => text !== '').slice(0, MAX_LABELS);
}

const MAX_LABELS = 250;

/** At most `length` UTF-16 code units, no pair of surrogates cut in two. */
export function cut(text: string, length: number): string {
  return text.slice(0, length).replace(/\p{Surrogate}$/u, '');
}
