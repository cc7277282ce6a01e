import { expect, test } from 'vitest';
import { quoteOf } from '../../../../proxy/chat/citations/quote.ts';

const RETURNS = `## Returns

You may return **unused** goods within 30 days. Food that was opened can't be returned. We refund you within 5 working days.

| Country | Costs |
|---------|-------|
| Israel  | 15 ₪  |
| Abroad  | 60 ₪  |`;

test.each([
  ['You can return it within 30 days', 'You may return unused goods within 30 days.'],
  ['First things first. Your money comes after 5 working days', 'We refund you within 5 working days.'],
  ['Sending it from abroad is 60 ₪', 'Abroad · 60 ₪'],
])('is the sentence that fits best to what was said: %s', (said, expected) => {
  expect(quoteOf(RETURNS, said, '')).toContain(expected);
});

test('finds it by what was searched for where the answer speaks another language', () => {
  expect(quoteOf(RETURNS, 'החזר כספי מגיע מהר', 'refund working days')).toContain('We refund you');
  expect(quoteOf('ההחזר יגיע תוך חמישה ימים. משלוח חינם.', 'המשלוח הוא חינם', '')).toBe('משלוח חינם.');
});

test('is the beginning where nothing fits, and empty where there is nothing', () => {
  expect(quoteOf('First one. Second one.', 'אחר', '')).toBe('First one.');
  expect(quoteOf('', 'a', 'b')).toBe('');
});

test('is plain text in one line of 200 characters at most', () => {
  const quote = quoteOf(`- [Returns](https://x.example)\u202e are **${'long '.repeat(100)}**`, 'returns', '');
  expect(quote).toMatch(/^Returns are long long/);
  expect(quote).toHaveLength(200);
  expect(quote.endsWith('…')).toBe(true);
});

test('takes the sentence beside it along when it speaks of the same', () => {
  const text = 'Delivery is free from 200 ₪. Below 200 ₪ delivery costs 25 ₪. We are closed on Saturday.';
  expect(quoteOf(text, 'Delivery is free from 200 ₪', '')).toBe(
    'Delivery is free from 200 ₪. Below 200 ₪ delivery costs 25 ₪.',
  );
});

test('takes along what the sentences before in the same paragraph repeat', () => {
  const text =
    'Unopened goods can be returned within 30 days. The tags are still on, nothing smells of dog. Cakes never.';
  const said = 'Returns: unopened goods can be returned within 30 days. The tags are still on, nothing smells of dog.';
  const expected = 'Unopened goods can be returned within 30 days. The tags are still on, nothing smells of dog.';
  expect(quoteOf(text, said, 'how long')).toBe(expected);
  expect(quoteOf(text, said.replace('days. ', 'days.\n\n'), '')).toBe('The tags are still on, nothing smells of dog.');
});
