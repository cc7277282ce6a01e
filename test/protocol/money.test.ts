import { describe, expect, test } from 'vitest';
import { rescale, toDecimal, toMinor } from '../../proxy/protocol/money.ts';

describe('money', () => {
  test('carries amounts over from a shop that shows other decimals', () => {
    expect(rescale(21_990, 2, 'ILS')).toEqual({ amount: 21_990, currency: 'ILS' });
    expect(rescale(220, 0, 'ILS')).toEqual({ amount: 22_000, currency: 'ILS' });
    expect(rescale(21_990, 2, 'JPY')).toEqual({ amount: 220, currency: 'JPY' });
  });

  test('writes and reads what the model sees', () => {
    expect(toDecimal({ amount: 21_990, currency: 'ILS' })).toBe('219.90');
    expect(toDecimal({ amount: 5, currency: 'ILS' })).toBe('0.05');
    expect(toDecimal({ amount: 500, currency: 'JPY' })).toBe('500');
    expect(toMinor(99.99, 'ILS')).toBe(9_999);
    expect(toMinor(100, 'JPY')).toBe(100);
  });
});
