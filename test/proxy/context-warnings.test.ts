import { expect, test } from 'vitest';
import { contextWarnings } from '../../proxy/find-shops.ts';
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

test('and so is one that is left so little that it pays for a summary after every third answer', () => {
  const needed = Number(/need (\d+) tokens/.exec(contextWarnings([withBudget(4_000)])[0]!)![1]);
  expect(contextWarnings([withBudget(needed)])[0]).toContain('is answered without the ones before it');
  expect(contextWarnings([withBudget(needed + 1)])[0]).toContain(
    `followed by a summary of the conversation, which is paid for; ${needed + 4_000} would do`,
  );
  expect(contextWarnings([withBudget(needed + 2_000)])).toEqual([]);
});

function withBudget(contextTokens: number) {
  return { ...wordy, limits: { ...wordy.limits, contextTokens } };
}
