import { expect, test } from 'vitest';
import { contextWarnings } from '../../proxy/deps.ts';
import { testShop } from '../fixtures/shops.ts';

const shop = testShop({ slug: 'pets' });
const wordy = { ...shop, prompt: 'Our beds are warm. '.repeat(1_000) };

test('a shop whose own texts leave no room for a conversation is told so, with figures', () => {
  expect(contextWarnings([shop, wordy])).toEqual([]);
  const narrow = { ...wordy, limits: { ...wordy.limits, contextTokens: 8_000 } };
  const [warning, ...others] = contextWarnings([shop, narrow]);
  expect(warning).toMatch(/^pets: its prompt, knowledge and tools and an answer need \d{4,5} tokens, .* is 8000:/);
  expect(others).toEqual([]);
});
