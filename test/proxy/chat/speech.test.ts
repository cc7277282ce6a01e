import { expect, test } from 'vitest';
import { Answer } from '../../../proxy/chat/answer.ts';
import { Facts } from '../../../proxy/chat/claims/facts.ts';
import { Speech } from '../../../proxy/chat/speech.ts';

test('remembers no claim of words that were taken back, nor what was held back of them', () => {
  const answer = new Answer();
  const speech = new Speech({ answer, facts: new Facts(), locale: 'en' });
  for (const _ of [...speech.words('It costs 9.90 ₪. '), ...speech.rest()]);
  expect([answer.text, speech.claims]).toEqual(['It costs the price shown. ', [{ kind: 'amount', text: '9.90 ₪' }]]);
  for (const _ of [...speech.words('Half a figure: 1'), ...speech.reset()]);
  expect([answer.text, speech.claims]).toEqual(['', []]);
  for (const _ of [...speech.words('Hello.'), ...speech.rest()]);
  expect(answer.text).toBe('Hello.');
});
