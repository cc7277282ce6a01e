/** The shapes of WooCommerce's Store API, after recordings of 10.5. */
import { createHash } from 'node:crypto';
import type { Good } from './goods.ts';

export interface Line {
  key: string;
  good: Good;
  quantity: number;
  /** What the shopper said for options that are left open. */
  options: { name: string; value: string }[];
}

export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export function keyOf(id: number, options: Line['options']): string {
  return createHash('md5')
    .update(`${id}${JSON.stringify(options)}`)
    .digest('hex');
}

const UNITS = {
  currency_symbol: '₪',
  currency_minor_unit: 2,
  currency_decimal_separator: '.',
  currency_thousand_separator: ',',
  currency_prefix: '',
  currency_suffix: ' ₪',
};

export function cartBody(lines: readonly Line[], base: string) {
  const currency_code = lines[0]?.good.currency ?? 'ILS';
  const total = String(lines.reduce((sum, { good, quantity }) => sum + good.price * quantity, 0));
  return {
    items: lines.map((line) => itemOf(line, base)),
    coupons: [],
    fees: [],
    totals: {
      total_items: total,
      total_discount: '0',
      total_shipping: null,
      total_price: total,
      currency_code,
      ...UNITS,
    },
    needs_payment: lines.length > 0,
    needs_shipping: lines.length > 0,
    items_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    cross_sells: [],
    errors: [],
    extensions: {},
  };
}

function itemOf({ key, good, quantity, options }: Line, base: string) {
  const units = { currency_code: good.currency, ...UNITS };
  const [price, regular] = [String(good.price), String(good.listPrice)];
  return {
    key,
    id: good.id,
    type: good.options.length > 0 ? 'variation' : 'simple',
    quantity,
    quantity_limits: {
      minimum: 1,
      maximum: good.soldIndividually ? 1 : (good.stock ?? 9_999),
      multiple_of: 1,
      editable: !good.soldIndividually,
    },
    name: prepared(good.title),
    sold_individually: good.soldIndividually,
    permalink: new URL(good.url, base).href,
    images: [{ id: good.productId, src: new URL(good.image, base).href, name: '', alt: '' }],
    variation: options.map(({ name, value }) => ({
      raw_attribute: `attribute_${encodeURIComponent(name).toLowerCase()}`,
      attribute: name,
      value: prepared(value),
    })),
    item_data: [],
    prices: { price, regular_price: regular, sale_price: price, price_range: null, ...units },
    totals: { line_subtotal: String(good.price * quantity), line_total: String(good.price * quantity), ...units },
    extensions: {},
  };
}

/** As WordPress makes a text ready for a page. */
function prepared(text: string): string {
  return escaped(text)
    .replaceAll('&amp;', '&#038;')
    .replaceAll('&quot;', '&#8221;')
    .replaceAll('&#039;', '&#8217;')
    .replaceAll(' - ', ' &#8211; ');
}

/** As error messages are. */
export function escaped(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#039;' };
  return text.replace(/[&<>"']/g, (character) => names[character]!);
}
