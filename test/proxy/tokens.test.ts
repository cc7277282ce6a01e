import { expect, test } from 'vitest';
import { estimateTokens, estimateUsage, mostInputTokens } from '../../proxy/tokens.ts';
import fixture from '../fixtures/tokens.json' with { type: 'json' };

test.for(fixture.texts)('$name is not taken for fewer tokens than it has', ({ text, tokens }) => {
  const ratio = estimateTokens(text) / tokens;
  expect(ratio).toBeGreaterThanOrEqual(1);
  // Nor for so many that hardly anything would fit.
  expect(ratio).toBeLessThan(3);
});

test('gibberish, which may count a token for every byte, is bounded by the most that a request can take', () => {
  const text = 'thr_Zk3vQ9xLm2PqW8sT1yBn4A 9f86d081884c7d659a2feaa0c55ad015 \u{1f9ff}\u0591\ufdfa';
  const usage = estimateUsage({ instructions: text, input: [], tools: [], toolChoice: 'none', maxOutputTokens: 1 }, '');
  expect(mostInputTokens(usage)).toBeGreaterThanOrEqual(Buffer.byteLength(text));
});

test('two texts take no more together than one by one, and one letter is a token', () => {
  expect(estimateTokens('')).toBe(0);
  expect(estimateTokens('a')).toBe(1);
  const [first, second] = fixture.texts.map(({ text }) => text);
  expect(estimateTokens(first! + second!)).toBeLessThanOrEqual(estimateTokens(first!) + estimateTokens(second!));
});
