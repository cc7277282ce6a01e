import { minorDigits } from '../protocol/index.ts';
import type { Money } from './types.ts';

/**
 * A decimal as shops write it, "15.00", "15,00", "1,234.50", "1.234,5", "1 234", as money; undefined for what is none.
 * Digits beyond the currency's are rounded, half up. Counted in text, never as a float; at most 11 whole digits, which
 * still are a safe integer in a currency of three decimals.
 */
export function parseAmount(text: string, currency: string): Money | undefined {
  const plain = withPoint(text.replace(/[\s\u00a0\u202f'’]/g, ''), minorDigits(currency));
  const [, whole, fraction = ''] = /^0*(\d{0,11})(?:\.(\d{0,20}))?$/.exec(plain) ?? [];
  if (whole === undefined || !/\d/.test(plain)) return undefined;
  const digits = minorDigits(currency);
  const kept = fraction.slice(0, digits).padEnd(digits, '0');
  const roundUp = (fraction[digits] ?? '0') >= '5' ? 1 : 0;
  return { amount: Number(`${whole}${kept}`) + roundUp, currency };
}

/** The decimal separator as a point, separators of thousands gone. */
function withPoint(text: string, minor: number): string {
  const comma = text.lastIndexOf(',');
  const point = text.lastIndexOf('.');
  if (comma >= 0 && point >= 0) {
    return comma > point ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  }
  if (text.indexOf(',') !== comma || (minor !== 3 && /^[1-9]\d{0,2},\d{3}$/.test(text)))
    return inGroups(text) ? text.replaceAll(',', '') : '';
  if (text.indexOf('.') !== point) return inGroups(text) ? text.replaceAll('.', '') : '';
  return text.replace(',', '.');
}

/** "1,234,567" and, as in India, "12,34,567"; what is cut otherwise, "1.2.3", is no amount but a version or a mistake. */
function inGroups(text: string): boolean {
  return /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/.test(text);
}

/** "15.00 USD", "USD 15.00", "15,00 EUR" as money; undefined for anything else. */
export function parsePrice(text: string): Money | undefined {
  const [, before, amount, after] =
    /^\s*([A-Za-z]{3})?\s*([\d.,'’\s\u00a0\u202f]+?)\s*([A-Za-z]{3})?\s*$/.exec(text) ?? [];
  const currency = (before ?? after)?.toUpperCase();
  if (amount === undefined || currency === undefined || (before !== undefined && after !== undefined)) return undefined;
  return parseAmount(amount, currency);
}
