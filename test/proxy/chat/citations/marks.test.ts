import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CitationMarks, withoutMarks } from '../../../../proxy/chat/citations/marks.ts';

/** Each mark as its numbers in braces. */
function read(...pieces: string[]): string {
  const marks = new CitationMarks((numbers) => `{${numbers.join(',')}}`);
  return pieces.map((piece) => marks.push(piece)).join('') + marks.flush();
}

test.each([
  ['Thirty days [[doc:1]].', 'Thirty days{1}.'],
  ['Both [[doc:1, 2]] and [[doc:2; doc:3]].', 'Both{1,2} and{2,3}.'],
  ['A range [[doc:2-4]], sloppily [doc: 5], [[ DOC : 6 ]], 【doc:7】', 'A range{2,3,4}, sloppily{5},{6},{7}'],
  ['Twice [[doc:1]][[doc:1]]', 'Twice{1}{1}'],
  [
    'In brackets of any type ［［doc：１］］〖doc:2〗 〔doc:3〕 ⟦doc:4⟧ [\u200b[doc:5]\u200b]',
    'In brackets of any type{1}{2}{3}{4}{5}',
  ],
  ['No number [[doc:]] at all', 'No number{} at all'],
])('a mark stands close to what it belongs to: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['Free【4:0†returns.pdf】 delivery', 'Free delivery'],
  ['Free〖4:0†returns.pdf〗 delivery', 'Free delivery'],
  ['Free ［4:0‡returns.pdf］〔1†a〕⟦2:3†b⟧ delivery', 'Free delivery'],
  ['Free [4:0†returns.pdf] delivery', 'Free delivery'],
  ['Free \uE200cite\uE202turn0file0\uE201 delivery', 'Free delivery'],
  ['Made up [^3] by the model', 'Made up by the model'],
  ['A lone \uE202 character', 'A lone character'],
])('what leaks of other marks is shown to nobody: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  'An array [1, 2], a [link](https://shop.example/a), a [[wiki]] link',
  '【重要】 Chinese brackets stay',
  '〔注〕［参考］〖甲〗⟦x⟧ and [4:30 pm] too',
  'Two spaces  and a [d]ot, 5 [kg]',
  'An end that is no mark [[',
  'Blanks at the end  ',
])('text that is no mark stays as it is: %s', (text) => {
  expect(read(text)).toBe(text);
});

test.each([
  ['`a[0] [[doc:1]]` then [[doc:2]]', '`a[0]` then{2}'],
  ['```\nx [[doc:1]] [^1]\n```\nafter [[doc:2]]', '```\nx\n```\nafter{2}'],
  ['A lone ` tick\n\nand then [[doc:2]]', 'A lone ` tick\n\nand then{2}'],
  ['``a ` b [[doc:1]]`` c [[doc:2]]', '``a ` b`` c{2}'],
  ['~~~\n``` [[doc:1]]\n~~~\n[[doc:2]]', '~~~\n```\n~~~\n{2}'],
])('in code there are no marks: %s', (text, expected) => {
  expect(read(text)).toBe(expected);
});

test.each([
  ['inside a leak', 'So [^【4†x】1] it is'],
  ['around a character for private use', 'So [^\uE2031] it is'],
  ['around another one', 'So [^[^2]1] it is'],
  ['around a number that no passage has', 'So [^[[doc:9]]1] it is'],
  ['behind a backtick that nothing closes', 'A ` tick [^1] so'],
  ['in what only looks like a fence', '```js `x`\n[^1] so'],
  ['in a fence', '```\n[^1]\n```'],
])('none of the model’s making is left: %s', (_where, text) => {
  const marks = new CitationMarks((numbers) => (numbers.includes(9) ? '' : '{1}'));
  expect(marks.push(text) + marks.flush()).not.toMatch(/\[\^\d+\]/);
});

test('a long leak is taken out whole, or is no leak, however it comes', () => {
  for (const length of [80, 88, 89, 90, 120]) {
    const text = `Free 【${'x'.repeat(length)}†y】 delivery`;
    expect(read(...text), `${length}`).toBe(read(text));
  }
});

test('the result is the same however the text comes in pieces', () => {
  const text =
    'Thirty days [[doc:1, 2]], `x [[doc:3]]`; free   [doc:4] 【4:0†a】or\uE200cite\uE201 [^9] [link](a) [[doc:5]] 【中】 ［［doc：6］］, [7:1†b] 〖4†c〗⟦x⟧ end [[';
  const whole = read(text);
  expect(whole).toBe('Thirty days{1,2}, `x`; free {4}or [link](a){5} 【中】{6},⟦x⟧ end [[');
  for (let at = 0; at <= text.length; at++) expect(read(text.slice(0, at), text.slice(at)), `cut at ${at}`).toBe(whole);
  expect(read(...text.split(''))).toBe(whole);
});

test('a mark that the provider has set stands where it was set, and no leak around it is shown, however the text comes', () => {
  const before = 'Thirty days【4:0†a】';
  const after = '\uE200cite\uE201, and [[doc:1]] free 【5:1†b】.';
  for (let at = 0; at <= before.length; at++) {
    for (let later = 0; later <= after.length; later++) {
      const marks = new CitationMarks(() => '');
      const push = (text: string, cut: number) => marks.push(text.slice(0, cut)) + marks.push(text.slice(cut));
      const out = push(before, at) + marks.put(0, (said) => `{${said}}`) + push(after, later) + marks.flush();
      expect(out, `${at}, ${later}`).toBe('Thirty days{Thirty days}, and free.');
    }
  }
});

test('a mark that the provider has set belongs to the words since the one before, and to none in code', () => {
  const marks = new CitationMarks(() => '');
  const put = (back = 0) => marks.put(back, (said) => `{${said}}`);
  expect([marks.push('A day'), put(), put(), marks.push(' and two. Mo'), put(4), marks.push('re `x'), put()]).toEqual([
    'A day',
    '{A day}',
    '',
    ' and two. Mo',
    '{ and two}',
    're `x',
    '',
  ]);
});

test.each([
  ['a link’s text', 'See [how ', 'long](/returns) so', 'See [how long](/returns){1} so'],
  [
    'a link’s destination',
    'See [it](https://pets.example/re',
    'turns) so',
    'See [it](https://pets.example/returns){1} so',
  ],
  ['the place between them', 'See [it]', '(/returns) so', 'See [it](/returns){1} so'],
  ['an address', 'See https://pets', '.example/a so', 'See https://pets.example/a{1} so'],
  ['code', 'Say `x', 'y` so', 'Say `xy`{1} so'],
  ['a fence', '```\nx', 'y\n```\nso', '```\nxy\n```\n{1}so'],
  ['brackets that are no link', 'An [a', 'b] so', 'An [ab]{1} so'],
  ['a bracket that nothing closes', 'An [a', 'b\nso', 'An [ab\n{1}so'],
  ['half a link at the end', 'See [how ', 'long](/ret', 'See [how long](/ret{1}'],
  ['code at the end', 'Say `x', 'y', 'Say `xy'],
])('a mark that the provider has set in %s stands behind it', (_, before, after, expected) => {
  for (let at = 0; at <= after.length; at++) {
    const marks = new CitationMarks(() => '');
    let out = marks.push(before) + marks.put(0, () => '{1}') + marks.put(0, () => '{1}');
    out += marks.push(after.slice(0, at)) + marks.push(after.slice(at)) + marks.flush();
    expect(out, `cut at ${at}`).toBe(expected);
  }
});

test('no more is held back than one mark is long', () => {
  const marks = new CitationMarks(() => '');
  for (const begun of ['[[doc:', '【', '\uE200']) {
    let shown = '';
    for (let length = 0; length < 200; length++) shown += marks.push(length === 0 ? begun : '1');
    expect(shown.length).toBeGreaterThan(90);
    marks.flush();
  }
  expect(marks.push('Word')).toBe('Word');
});

test.each([
  ['So it is [[doc:1', 'So it is'],
  ['So it is [doc:', 'So it is'],
  ['So it is 【3†a', 'So it is'],
  ['So it is \uE200cite', 'So it is'],
  ['So it is 【中\uE005', 'So it is 【中'],
])('a mark that is cut off at the end is shown to nobody: %s', (text, expected) => {
  expect(read(text).trimEnd()).toBe(expected);
});

test('a heading has no marks', () => {
  expect(withoutMarks('For your dog [[doc:1]]【2†b】')).toBe('For your dog');
});

test('is told what was said before, without marks', () => {
  const said: string[] = [];
  const marks = new CitationMarks((_, before) => (said.push(before), ''));
  for (const piece of ['One. [[doc:1]] Two', ' days. [[doc', ':2]]']) marks.push(piece);
  expect(said).toEqual(['One.', 'One. Two days.']);
});

test('of a text of nothing but beginnings no more is read twice than one mark is long', () => {
  const texts = ['['.repeat(5_000), '【'.repeat(5_000), '[[doc:1'.repeat(800), ' '.repeat(5_000), '†【'.repeat(2_500)];
  for (const text of texts) {
    const marks = new CitationMarks(() => '');
    let pending = 0;
    let readTwice = 0;
    for (const char of text) {
      pending += 1 - marks.push(char).length;
      readTwice = Math.max(readTwice, pending);
    }
    expect(readTwice).toBeLessThanOrEqual(97);
  }
});

test('no pattern goes on without an end, so that each place of a text is looked at a bounded number of times', () => {
  const code = readFileSync(new URL('../../../../proxy/chat/citations/marks.ts', import.meta.url), 'utf8');
  const patterns = [...code.matchAll(/String\.raw`([^`]+)`/g)].map(([, pattern]) => pattern!);
  expect(patterns.length).toBeGreaterThanOrEqual(5);
  for (const pattern of patterns) expect(pattern.replaceAll(/\\.|\[[^\]]*\]/g, '')).not.toMatch(/[*+]|\{\d+,\}/);
});
