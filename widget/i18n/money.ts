import type { Money } from '../../proxy/protocol/index.ts';

// Making a formatter costs some 50 µs and a carousel needs dozens; a page meets very few pairs of locale and currency.
const formats = new Map<string, Intl.NumberFormat>();
const MAX_FORMATS = 16;

function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    if (formats.size >= MAX_FORMATS) formats.clear();
    // The narrow symbol says "$", not "US$": the shop's own way to write its prices.
    format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    formats.set(key, format);
  }
  return format;
}

/** The amount as the shopper's language writes it. A currency or locale that `Intl` refuses gives plain digits. */
export function formatMoney(money: Money, locale: string): string {
  try {
    const format = formatOf(locale, money.currency);
    return format.format(money.amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `${(money.amount / 100).toFixed(2)} ${money.currency}`;
  }
}
