import { describe, expect, test } from 'vitest';
import { parseAmount, parsePrice } from '../../../proxy/catalog/amount.ts';

describe('an amount', () => {
  test.each([
    ['15.00', 'USD', 1_500],
    ['15,00', 'EUR', 1_500],
    ['15', 'USD', 1_500],
    ['.5', 'USD', 50],
    ['0', 'USD', 0],
    ['1,234.50', 'USD', 123_450],
    ['1.234,50', 'EUR', 123_450],
    ['1 234,5', 'EUR', 123_450],
    ["1'234.50", 'CHF', 123_450],
    ['1,234', 'USD', 123_400],
    ['1,234,567', 'USD', 123_456_700],
    ['1.234.567', 'EUR', 123_456_700],
    ['12,34,567', 'INR', 123_456_700],
    ['1,234', 'KWD', 1_234],
    ['0,123', 'EUR', 12],
    ['500', 'JPY', 500],
    ['219.90', 'JPY', 220],
    ['1.005', 'USD', 101],
    ['1234567.891', 'ILS', 123_456_789],
    ['0.1', 'KWD', 100],
  ])('%s %s is %d of the smallest unit', (text, currency, amount) => {
    expect(parseAmount(text, currency)).toEqual({ amount, currency });
  });

  test.each([
    '',
    '.',
    ',',
    '-5',
    '5-',
    'free',
    '1e5',
    '9'.repeat(12),
    '1.2,3.4',
    '0x10',
    '١٥',
    '1.2.3',
    '1,2,3',
    '15,00,00',
  ])('%j is none', (text) => {
    expect(parseAmount(text, 'USD')).toBeUndefined();
  });
});

describe('a price', () => {
  test.each(['15.00 USD', 'USD 15.00', '15,00 usd', '15.00USD', ' 15.00  USD '])('%j is 15 dollars', (text) => {
    expect(parsePrice(text)).toEqual({ amount: 1_500, currency: 'USD' });
  });

  test.each(['15.00', '$15', 'USD', '15 USD EUR', 'USD 15 USD', ''])('%j is none', (text) => {
    expect(parsePrice(text)).toBeUndefined();
  });
});
