import type { CartErrorCode, CartSummary } from '../../proxy/protocol/index.ts';
import { fields, list, money, number, text, type Fields } from './answer.ts';
import { asSummary } from './summary.ts';

/** What the Store API calls a refusal, without `woocommerce_rest_`. */
const CODES: Readonly<Record<string, CartErrorCode>> = {
  product_out_of_stock: 'out_of_stock',
  product_partially_out_of_stock: 'quantity',
  product_invalid_quantity: 'quantity',
  product_too_many_in_cart: 'quantity',
  invalid_quantity: 'quantity',
  // A product that is sold one at a time, and is in the cart already.
  readonly_quantity: 'quantity',
  missing_attributes: 'choose_option',
  missing_variation_data: 'choose_option',
  invalid_variation_data: 'choose_option',
  variation_id_from_variation_data: 'choose_option',
  product_not_purchasable: 'not_purchasable',
  cart_invalid_product: 'not_purchasable',
};

/** What the API's error is for the shopper; `unavailable` for what says nothing of the product. */
export function refusalOf(body: unknown): CartErrorCode {
  return CODES[codeOf(body)] ?? 'unavailable';
}

/** The error's code, without `woocommerce_rest_`. */
export function codeOf(body: unknown): string {
  return text(fields(body)['code']).replace(/^woocommerce_rest_/, '');
}

export function isCart(body: unknown): boolean {
  return Array.isArray(fields(body)['items']) && typeof fields(body)['totals'] === 'object';
}

export function summaryOf(body: unknown): CartSummary | null {
  const cart = fields(body);
  return asSummary({
    count: cart['items_count'],
    items: list(cart['items']).map((item) => ({
      title: titleOf(item),
      quantity: item['quantity'],
      price: amountIn(fields(item['prices']), 'price'),
    })),
    total: amountIn(fields(cart['totals']), 'total_price'),
  });
}

/** By the cart's key of each line: the variation's or product's id, and how many. */
export function linesOf(body: unknown): Map<string, { id: string; quantity: number }> {
  const items = list(fields(body)['items']);
  return new Map(
    items.map((item) => [text(item['key']), { id: String(number(item['id'])), quantity: number(item['quantity']) }]),
  );
}

/** The prices of the shop have as many decimals as it shows. */
function amountIn(prices: Fields, name: string) {
  return money(prices[name], number(prices['currency_minor_unit']), prices['currency_code']);
}

/** Its name, and which variation: `Hoodie – Blue, XL`. */
function titleOf(item: Fields): string {
  const values = list(item['variation']).map((option) => plain(text(option['value'])));
  const name = plain(text(item['name']));
  return values.length > 0 ? `${name} – ${values.join(', ')}` : name;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * The words of a text that WordPress has made ready for a page. By hand: a page may forbid to parse HTML (Trusted Types),
 * and what WordPress writes by name is only these.
 */
function plain(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,6}));/gi, (whole, dec, hex, name) => {
      if (name !== undefined) return NAMED[String(name)] ?? whole;
      const point = dec !== undefined ? Number(dec) : Number.parseInt(String(hex), 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}
