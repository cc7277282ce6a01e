import { expect, test } from 'vitest';
import { foldText } from '../../proxy/fold-text.ts';

test('folds every character as if all its marks were taken out', () => {
  const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const wrong: string[] = [];
  for (let code = 0; code <= 0x1_ff_ff; code++) {
    const text = `a${String.fromCodePoint(code)}b`;
    if (code < 0xd8_00 || code > 0xdf_ff) if (foldText(text) !== plain(text)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test.each([
  ['Crème BRÛLÉE', 'creme brulee'],
  ['שָׁלוֹם', 'שלום'],
  ['Ёлка', 'елка'],
  ['ＡＢＣ', 'abc'],
])('folds %s to %s', (text, folded) => {
  expect(foldText(text)).toBe(folded);
});
