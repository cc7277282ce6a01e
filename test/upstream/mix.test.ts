/** A short sample of the mix of questions in `npm run test:upstream`, changes of goods, prices and prompt included. */
import { expect, test } from 'vitest';
import { changesIn, readMix, runMix } from './mix.ts';

const LIMIT_MS = 120_000;
const SAMPLE = 60;

test('there are 500 questions: first ones and follow-ups, of shoppers with and without a name, in two languages', () => {
  const questions = readMix();
  const counts = {
    all: questions.length,
    followUps: questions.filter(({ after }) => after !== undefined).length,
    signedIn: questions.filter(({ signed_in }) => signed_in).length,
    personal: questions.filter(({ personal }) => personal).length,
    again: questions.filter(({ again }) => again).length,
    hebrewPages: questions.filter(({ locale }) => locale === 'he').length,
  };
  expect(counts).toEqual({ all: 500, followUps: 53, signedIn: 25, personal: 23, again: 18, hebrewPages: 156 });
});

test(
  'the cache saves calls, and no answer from it is wrong',
  async () => {
    const questions = readMix().slice(0, SAMPLE);
    const { wrong, wrongRows, served, calls } = await runMix(questions, changesIn(SAMPLE));
    expect(wrong).toEqual([]);
    expect(wrongRows).toBe(0);
    expect(served).toBeGreaterThan(3);
    expect(calls.cached).toBeLessThan(calls.plain);
  },
  LIMIT_MS,
);
