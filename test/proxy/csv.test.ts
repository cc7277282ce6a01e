import { expect, test } from 'vitest';
import { csvLine } from '../../proxy/csv.ts';

test.each(['=', '+', '-', '@', '\t', '\r', '\n', ' =', '\u00A0+', '\u200B@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'])(
  'a cell that begins with %j begins with an apostrophe',
  (sign) => expect(csvLine([`${sign}HYPERLINK`])).toMatch(/^"'/),
);

test.each([
  ['=1+1', `"'=1+1"`],
  ['hello;=HYPERLINK("x")', `"hello;'=HYPERLINK(""x"")"`],
  ['a; -2+3|cmd', `"a; '-2+3|cmd"`],
  ['a\t@SUM(1)', `"a\t'@SUM(1)"`],
  ['a\n=1+1', `"a\n'=1+1"`],
  ['a\r\n-1+1', `"a\r\n'-1+1"`],
  ['a;\uFF1D1', `"a;'\uFF1D1"`],
])('%j is no formula wherever a spreadsheet parts it', (text, cell) => expect(csvLine([text])).toBe(cell));

test('lists, prices and marks within a line stay as they were written', () => {
  const text = 'Beds:\n- soft\n- firm, 5-10 kg a=b me@home';
  expect(csvLine([text, -1, null])).toBe(`"${text}",-1,`);
});
