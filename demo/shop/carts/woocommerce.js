import { createServerCart } from './server.js';

const ROOT = '/demo/woocommerce/wp-json/wc/store/v1/cart';

/** The mini-cart of a WooCommerce theme, which follows the events of WooCommerce's blocks. */
export function createWooCommerceCart(known) {
  let nonce = '';

  async function ask(route, body) {
    const options = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json', nonce },
      body: JSON.stringify(body),
    };
    const response = await fetch(ROOT + route, options);
    nonce = response.headers.get('nonce') ?? nonce;
    const cart = await response.json();
    if (!response.ok) throw new Error(cart.message);
    return cart.items.map(({ id, key, quantity }) => ({ id: String(id), key, quantity }));
  }

  const cart = createServerCart(known, {
    read: () => ask(''),
    change(id, quantity, line) {
      if (!line) return ask('/add-item', { id: Number(id), quantity });
      const { key } = line;
      return quantity > 0 ? ask('/update-item', { key, quantity }) : ask('/remove-item', { key });
    },
  });
  document.body.addEventListener('wc-blocks_added_to_cart', cart.refresh);
  document.body.addEventListener('wc-blocks_removed_from_cart', cart.refresh);
  return cart;
}
