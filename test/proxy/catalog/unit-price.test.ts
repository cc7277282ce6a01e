import { expect, test } from 'vitest';
import { unitPriceOf } from '../../../proxy/catalog/unit-price.ts';

const price = { amount: 6_000, currency: 'ILS' };

test.each([
  ['1.5 kg', undefined, 4_000, 'kg'],
  ['1.5kg', '100 g', 400, '100 g'],
  ['750 ml', '1 l', 8_000, 'L'],
  ['75 cl', '100ml', 800, '100 ml'],
  ['12 pcs', undefined, 500, 'pcs'],
  ['2 lb', '1 oz', 188, 'oz'],
  ['0,5 L', undefined, 12_000, 'L'],
])('60 shekels for %s are, for %s, %i a %s', (content, base, amount, per) => {
  expect(unitPriceOf(price, content, base)).toEqual({ price: { amount, currency: 'ILS' }, per });
});

test.each([
  ['kg', undefined],
  ['0 kg', undefined],
  ['1.5 kg', '1 l'],
  ['2 pcs', '1 kg'],
  ['a lot', '1 kg'],
  ['1 kg', 'each'],
])('%s for %s is nothing to compare', (content, base) => {
  expect(unitPriceOf(price, content, base)).toBeUndefined();
});
