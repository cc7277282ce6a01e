import type { Money } from './product.ts';

const exponents = new Map<string, number>();

/** Digits after the point that the currency has by ISO 4217: 2 for ILS, 0 for JPY, 3 for KWD. */
export function minorDigits(currency: string): number {
  let digits = exponents.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, digits);
  }
  return digits;
}

/** Carries an amount over from a shop that counts in `from` digits after the point. */
export function rescale(amount: number, from: number, currency: string): Money {
  return { amount: Math.round(amount * 10 ** (minorDigits(currency) - from)), currency };
}

/** "219.90": the amount as the model reads it. */
export function toDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Whole currency units, as the model says them, in minor units. */
export function toMinor(units: number, currency: string): number {
  return Math.round(units * 10 ** minorDigits(currency));
}
