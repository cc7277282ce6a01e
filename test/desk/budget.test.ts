import type { TemplateResult } from 'lit';
import { expect, test } from 'vitest';
import { budget } from '../../desk/overview/budget.ts';

const cost = {
  period: '2026-11-21',
  cost_micro_usd: 840_000,
  unpriced_calls: 0,
  counted_micro_usd: 1_200_000,
  budget_micro_usd: 5_000_000,
};

/** A template as it was written, its values in their places. */
function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join('');
  if (typeof value !== 'object' || value === null) return typeof value === 'symbol' ? '' : String(value);
  const { strings, values } = value as TemplateResult;
  return strings.map((text, index) => text + written(values[index] ?? '')).join('');
}

test('the words and the bar of a budget say the same, and what of it is only set aside', () => {
  const said = written(budget('Today', cost));
  expect(said).toContain('$1.20 of $5.00</span>');
  expect(said).toContain('.value=1200000');
  expect(said).toContain('$0.36 of it is set aside for answers under way.');
});

test('without a budget what was spent stands alone', () => {
  const said = written(budget('Today', { ...cost, budget_micro_usd: null }));
  expect(said).toContain('$0.84</span>');
  expect(said).toContain('No budget is set.');
  expect(said).not.toMatch(/<meter|set aside/);
});
