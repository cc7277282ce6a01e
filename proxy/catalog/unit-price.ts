import type { Money, UnitPrice } from './types.ts';

/** How much of the first unit of its kind each one is. What isn't here (sheets, washes) is compared with itself only. */
const UNITS: Record<string, readonly [kind: string, factor: number]> = {
  mg: ['mass', 0.001],
  g: ['mass', 1],
  kg: ['mass', 1_000],
  oz: ['ounces', 1],
  lb: ['ounces', 16],
  ml: ['volume', 1],
  cl: ['volume', 10],
  l: ['volume', 1_000],
  cm: ['length', 1],
  m: ['length', 100],
};

/**
 * The price of a measure, to compare packs of different sizes.
 * @param content what the price buys: `1.5 kg`
 * @param base what is compared: `100 g`; one of the content's own unit when left out
 * @returns undefined for what is no measure, or measures that can't be compared
 */
export function unitPriceOf(price: Money, content: string, base?: string): UnitPrice | undefined {
  const has = measure(content);
  const wanted = has && (base === undefined ? { count: 1, unit: has.unit } : measure(base));
  if (!has || !wanted) return undefined;
  const [kind, factor] = UNITS[has.unit] ?? [has.unit, 1];
  const [wantedKind, wantedFactor] = UNITS[wanted.unit] ?? [wanted.unit, 1];
  if (kind !== wantedKind) return undefined;
  const amount = Math.round((price.amount * wanted.count * wantedFactor) / (has.count * factor));
  const name = wanted.unit === 'l' ? 'L' : wanted.unit;
  return { price: { amount, currency: price.currency }, per: wanted.count === 1 ? name : `${wanted.count} ${name}` };
}

function measure(text: string): { count: number; unit: string } | undefined {
  const [, digits, unit] = /^\s*(\d{1,7}(?:[.,]\d{1,4})?)\s*(\p{L}{1,12})\s*$/u.exec(text) ?? [];
  const count = Number(digits?.replace(',', '.'));
  return count > 0 ? { count, unit: unit!.toLowerCase() } : undefined;
}
