/** What of CommonMark is kept: all 652 examples of its spec, but for those that are different on purpose. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { html, normal, parseBlocks } from './as-html.ts';
import { DIFFERENT } from './commonmark.ts';

const file = new URL('../../fixtures/commonmark/examples.json', import.meta.url);
const examples = JSON.parse(readFileSync(file, 'utf8')) as [markdown: string, html: string][];

/** Without what doesn't show, and with addresses and characters written in one way. */
function comparable(markup: string): string {
  const plain = markup
    .replace(/ title="[^"]*"/g, '')
    .replace(/ \/>/g, '>')
    .replace(/ (?:href|src)="[^"]*"/g, (attribute) => attribute.replace(/%[\dA-F]{2}/g, decoded).replaceAll('\\', ''));
  const characters = normal(plain).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return characters.replace(/\s+(?=\n|$)/g, '').trim();
}

function decoded(escape: string): string {
  const char = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return char === '\\' || char > '~' ? '' : char;
}

test('shows the examples of CommonMark as its spec says, but for those that are different on purpose', () => {
  const different = examples.flatMap(([markdown, wanted], index) =>
    comparable(html(parseBlocks(markdown))) === comparable(wanted) ? [] : [index + 1],
  );
  expect(examples).toHaveLength(652);
  expect(different).toEqual(
    Object.values(DIFFERENT)
      .flat()
      .toSorted((a, b) => a - b),
  );
});
