import { createServerCart } from './server.js';

/** The cart of a Shopify theme made after Horizon, which follows `cart:update`. */
export function createShopifyCart(known) {
  async function ask(path, body) {
    const options = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(globalThis.Shopify.routes.root + path, options);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.description);
    return answer.items.map(({ variant_id: id, key, quantity }) => ({ id: String(id), key, quantity }));
  }

  const cart = createServerCart(known, {
    read: () => ask('cart.js'),
    async change(id, quantity, line) {
      if (line) return ask('cart/change.js', { id: line.key, quantity });
      await ask('cart/add.js', { items: [{ id: Number(id), quantity }] });
      return ask('cart.js');
    },
  });
  document.addEventListener('cart:update', cart.refresh);
  return cart;
}
