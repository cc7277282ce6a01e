import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cutLit } from '../../../widget/build/lit-cuts.ts';

const lit = readFileSync(new URL('../../../node_modules/lit-html/lit-html.js', import.meta.url), 'utf8');

test('leaves out of lit-html what no template here has a use for', () => {
  const cut = cutLit(lit);
  expect(cut.length).toBeLessThan(lit.length * 0.65);
  expect(cut).not.toMatch(/litHtmlVersions|<math>|emptyScript|_\$litDirective|lit-noChange/);
});

test('refuses a lit-html that it was not written for', () => {
  expect(() => cutLit(lit.replace('c=n??v', 'c=v??n'))).toThrow('lit-html is another: it has no c=n??v');
  expect(() => cutLit(cutLit(lit))).toThrow('lit-html is another');
});
