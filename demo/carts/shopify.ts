/**
 * The cart of a Shopify theme: `cart.js`, `cart/add.js`, `cart/change.js` and `products/HANDLE.js`, after Shopify's reference of
 * the Ajax API. Behind the demo store, and behind the tests.
 */
import { randomUUID } from 'node:crypto';
import { bodyOf, cookieOf, Sessions, type Good, type Goods } from './goods.ts';

export interface ShopifyCart {
  /** @param route what follows the shop's root, such as `cart/add.js`; null for what is no part of the cart */
  answer(request: Request, route: string): Promise<Response | null>;
}

interface Line {
  key: string;
  good: Good;
  quantity: number;
}

/** @param path where its cookie is good */
export function createShopifyCart(goods: Goods, path = '/'): ShopifyCart {
  const sessions = new Sessions<Map<string, Line>>();

  function add(cart: Map<string, Line>, items: unknown): Response {
    const wanted = (Array.isArray(items) ? items : []) as { id: unknown; quantity?: unknown }[];
    const added: Line[] = [];
    for (const { id, quantity = 1 } of wanted) {
      const good = goods.find(Number(id));
      if (!good?.purchasable) return cartError(404, 'Cannot find variant');
      const key = `${good.id}:${'0'.repeat(32)}`;
      const line = { key, good, quantity: (cart.get(key)?.quantity ?? 0) + Number(quantity) };
      if (good.stock === 0) return cartError(422, `The product '${nameOf(good)}' is already sold out.`);
      if (good.stock !== null && line.quantity > good.stock) {
        return cartError(422, `You can't add more ${nameOf(good)} to the cart.`);
      }
      added.push(line);
    }
    if (added.length === 0) return cartError(400, 'Required parameter missing or invalid: items');
    for (const line of added) cart.set(line.key, line);
    return Response.json({ items: added.map(itemOf) });
  }

  function change(cart: Map<string, Line>, { id, quantity }: Record<string, unknown>): Response {
    const line = cart.get(String(id)) ?? [...cart.values()].find(({ good }) => good.id === Number(id));
    if (!line) return cartError(400, 'no valid id or line parameter');
    if (Number(quantity) > 0) cart.set(line.key, { ...line, quantity: Number(quantity) });
    else cart.delete(line.key);
    return Response.json(cartBody(cart));
  }

  function product(handle: string): Response {
    const variants = goods.variantsOf(Number(handle)).map((good) => ({
      id: good.id,
      title: titleOf(good),
      available: good.purchasable && good.stock !== 0,
      price: good.price,
    }));
    if (variants.length === 0) return new Response('Not found', { status: 404 });
    return Response.json({ id: Number(handle), handle, variants });
  }

  return {
    async answer(request, route) {
      const known = cookieOf(request, 'cart=');
      const cart = sessions.get(known) ?? new Map<string, Line>();
      const [, handle] = /^products\/(\d+)\.js$/.exec(route) ?? [];
      if (request.method === 'GET' && route === 'cart.js') return Response.json(cartBody(cart));
      if (request.method === 'GET' && handle !== undefined) return product(handle);
      if (request.method !== 'POST' || !/^cart\/(add|change)\.js$/.test(route)) return null;
      const body = await bodyOf(request);
      const response = route === 'cart/add.js' ? add(cart, body['items']) : change(cart, body);
      const session = sessions.get(known) ? known! : randomUUID();
      sessions.set(session, cart);
      if (session !== known) response.headers.append('set-cookie', `cart=${session}; path=${path}`);
      return response;
    },
  };
}

function cartError(status: number, description: string): Response {
  return Response.json({ status, message: 'Cart Error', description }, { status });
}

function cartBody(cart: Map<string, Line>) {
  const lines = [...cart.values()];
  return {
    token: 'demo',
    item_count: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    items: lines.map(itemOf),
    total_price: lines.reduce((sum, { good, quantity }) => sum + good.price * quantity, 0),
    currency: lines[0]?.good.currency ?? 'ILS',
  };
}

function itemOf({ key, good, quantity }: Line) {
  return {
    id: good.id,
    key,
    variant_id: good.id,
    product_id: good.productId,
    quantity,
    title: nameOf(good),
    product_title: good.title,
    variant_title: titleOf(good),
    price: good.price,
    final_price: good.price,
    original_price: good.listPrice,
    final_line_price: good.price * quantity,
    line_price: good.price * quantity,
    url: good.url,
    image: good.image,
  };
}

/** `Title - Variant`, as Shopify writes a line; a product without options has its title only. */
function nameOf(good: Good): string {
  const variant = titleOf(good);
  return variant === 'Default Title' ? good.title : `${good.title} - ${variant}`;
}

function titleOf({ options }: Good): string {
  return options.length === 0 ? 'Default Title' : options.map(({ value }) => value).join(' / ');
}
