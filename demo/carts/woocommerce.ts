/**
 * The cart of a WooCommerce shop as its pages reach it: the Store API's `/wc/store/v1/cart`, with cookies and nonces as
 * 10.5 has them. Behind the demo store, and behind the tests.
 */
import { createHash, randomUUID } from 'node:crypto';
import { bodyOf, cookieOf, Sessions, type Good, type Goods } from './goods.ts';
import { cartBody, escaped, keyOf, Refusal, type Line } from './woocommerce-replies.ts';

const SESSION = 'wp_woocommerce_session_';
const LOGIN = 'wordpress_logged_in_';

export interface WooCommerceCart {
  /** @param route what follows `/wc/store/v1`, such as `/cart/add-item` */
  answer(request: Request, route: string): Promise<Response>;
  /** A day has passed: no nonce that was handed out is good any more. */
  expireNonces(): void;
}

/** @param path where its cookies are good */
export function createWooCommerceCart(goods: Goods, path = '/'): WooCommerceCart {
  const sessions = new Sessions<Map<string, Line>>();
  let day = 0;

  /** All guests have the same; who has signed in has one of their own. */
  function nonceOf(request: Request): string {
    const user = cookieOf(request, LOGIN) ?? 'guest';
    return createHash('md5').update(`${user} ${day}`).digest('hex').slice(0, 10);
  }

  async function act(request: Request, route: string, cart: Map<string, Line>): Promise<number> {
    if (route === '/cart' && request.method === 'GET') return 200;
    if (request.method !== 'POST') throw new Refusal('rest_no_route', 'No route was found.', 404);
    const nonce = request.headers.get('nonce');
    if (nonce === null) {
      const words = 'Missing the Nonce header. This endpoint requires a valid nonce.';
      throw new Refusal('woocommerce_rest_missing_nonce', words, 401);
    }
    if (nonce !== nonceOf(request)) throw new Refusal('woocommerce_rest_invalid_nonce', 'Nonce is invalid.', 403);
    const body = await bodyOf(request);
    if (route === '/cart/add-item') {
      addItem(goods, cart, body);
      return 201;
    }
    const line = cart.get(String(body['key']));
    if (!line) throw new Refusal('woocommerce_rest_cart_invalid_key', 'Cart item does not exist.', 409);
    if (route === '/cart/remove-item') cart.delete(line.key);
    else if (route === '/cart/update-item')
      cart.set(line.key, { ...line, quantity: checked(line.good, Number(body['quantity'])) });
    else throw new Refusal('rest_no_route', 'No route was found.', 404);
    return 200;
  }

  return {
    async answer(request, route) {
      const known = cookieOf(request, SESSION);
      const cart = sessions.get(known) ?? new Map<string, Line>();
      const headers = new Headers({
        nonce: nonceOf(request),
        'nonce-timestamp': String(Math.floor(Date.now() / 1000)),
        'user-id': cookieOf(request, LOGIN) === undefined ? '0' : '2',
        'cache-control': 'no-store',
      });
      try {
        const status = await act(request, route, cart);
        if (route === '/cart/add-item') {
          const session = sessions.get(known) ? known! : `t_${randomUUID()}`;
          sessions.set(session, cart);
          headers.append('set-cookie', `woocommerce_items_in_cart=1; path=${path}`);
          if (session !== known) headers.append('set-cookie', `${SESSION}pippalo=${session}; path=${path}; HttpOnly`);
        }
        return Response.json(cartBody([...cart.values()], request.url), { status, headers });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { status, code, message } = error;
        const data = { status, ...(status === 409 && { cart: cartBody([...cart.values()], request.url) }) };
        return Response.json({ code, message, data }, { status, headers });
      }
    },
    expireNonces() {
      day += 1;
    },
  };
}

function addItem(
  goods: Goods,
  cart: Map<string, Line>,
  { id, quantity = 1, variation }: Record<string, unknown>,
): void {
  const said = (Array.isArray(variation) ? variation : []) as { attribute: string; value: string }[];
  const good = goodOf(goods, Number(id), said);
  const named = escaped(good.title);
  if (!good.purchasable) {
    throw new Refusal(
      'woocommerce_rest_product_not_purchasable',
      `&quot;${named}&quot; is not available for purchase.`,
    );
  }
  const open = good.options.filter(
    ({ name, value }) => value === null && !said.some(({ attribute }) => attribute === name),
  );
  if (open.length > 0) {
    const fields = `${open.map(({ name }) => name).join(', ')} ${open.length === 1 ? 'is a required field' : 'are required fields'}`;
    throw new Refusal(
      'woocommerce_rest_missing_variation_data',
      `Missing variation data for variable product. ${fields}`,
    );
  }
  const options = good.options.map(({ name, value }) => ({
    name,
    value: value ?? said.find(({ attribute }) => attribute === name)!.value,
  }));
  const key = keyOf(good.id, options);
  const before = cart.get(key)?.quantity ?? 0;
  if (good.soldIndividually && before > 0) {
    throw new Refusal('readonly_quantity', `The quantity of &quot;${named}&quot; cannot be changed`);
  }
  if (Math.trunc(Number(quantity)) <= 0) {
    const words = `You cannot add &quot;${named}&quot; with a quantity less than or equal to 0 to the cart.`;
    throw new Refusal('woocommerce_rest_product_invalid_quantity', words);
  }
  cart.set(key, { key, good, options, quantity: checked(good, before + Math.trunc(Number(quantity))) });
}

/** The variation by its id, or by its product's id and what it is to be like. */
function goodOf(goods: Goods, id: number, said: { attribute: string; value: string }[]): Good {
  const variants = goods.variantsOf(id);
  const good = goods.find(id);
  if (good) return good;
  if (variants.length === 0) {
    const words = `Product with ID &quot;${id}&quot; was not found and cannot be added to the cart.`;
    throw new Refusal('woocommerce_rest_cart_invalid_product', words);
  }
  if (said.length === 0) {
    throw new Refusal('woocommerce_rest_missing_attributes', 'Missing attributes for variable product.');
  }
  const meant = variants.find(({ options }) =>
    options.every((option) =>
      said.some(({ attribute, value }) => attribute === option.name && [null, value].includes(option.value)),
    ),
  );
  if (meant) return meant;
  throw new Refusal('woocommerce_rest_variation_id_from_variation_data', 'No matching variation found.');
}

function checked(good: Good, quantity: number): number {
  // A variation's name is not escaped, a product's is.
  const values = good.options.map(({ value }) => value ?? '');
  const named = `&quot;${values.length > 0 ? `${good.title} - ${values.join(', ')}` : escaped(good.title)}&quot;`;
  if (good.stock === 0) {
    const words = `You cannot add ${named} to the cart because the product is out of stock.`;
    throw new Refusal('woocommerce_rest_product_out_of_stock', words);
  }
  if (good.stock !== null && quantity > good.stock) {
    throw new Refusal(
      'woocommerce_rest_product_partially_out_of_stock',
      `You cannot add that amount of ${named} to the cart because there is not enough stock (${good.stock} remaining).`,
    );
  }
  return quantity;
}
