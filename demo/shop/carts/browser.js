const KEY = 'pippalo-cart';
const MOST = 20;

/**
 * A cart of the shop's own making: quantities by variant id, kept in the browser; other tabs follow. It takes what the
 * assistant offers by answering its event, as any shop can.
 */
export function createBrowserCart(known) {
  const listeners = new Set();
  let quantities = read();

  function read() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    } catch {
      kept = {}; // Not ours any more; an empty cart is better than no shop.
    }
    return new Map(Object.entries(kept).filter(([id, count]) => known.has(id) && count > 0 && count <= MOST));
  }

  function announce() {
    for (const listener of listeners) listener();
  }

  addEventListener('storage', (event) => {
    if (event.key !== KEY) return;
    quantities = read();
    announce();
  });

  const cart = {
    lines: () => [...quantities].map(([id, quantity]) => ({ ...known.get(id), quantity })),
    count: () => [...quantities.values()].reduce((sum, quantity) => sum + quantity, 0),
    quantity: (id) => quantities.get(id) ?? 0,
    set(id, quantity) {
      quantities = read(); // Another tab may have changed it a moment ago.
      if (quantity <= 0) quantities.delete(id);
      else quantities.set(id, Math.min(quantity, mostOf(known.get(id))));
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(quantities)));
      announce();
    },
    onChange: (listener) => listeners.add(listener),
  };
  document.addEventListener('shopclerk-add-to-cart', (event) => event.respondWith(take(cart, known, event.line)));
  document.addEventListener('shopclerk-view-cart', (event) => event.respondWith(summaryOf(cart)));
  return cart;
}

function mostOf({ variant }) {
  return variant.availability === 'out_of_stock' ? 0 : Math.min(variant.quantity ?? MOST, MOST);
}

/** What becomes of a line that the assistant offers, in the form that its event wants. */
function take(cart, known, { variantId, quantity }) {
  const found = known.get(variantId);
  if (!found) return { ok: false, code: 'not_purchasable' };
  const most = mostOf(found);
  if (most === 0) return { ok: false, code: 'out_of_stock' };
  if (cart.quantity(variantId) + quantity > most) return { ok: false, code: 'quantity' };
  cart.set(variantId, cart.quantity(variantId) + quantity);
  return {
    ok: true,
    cart: summaryOf(cart),
    undo() {
      cart.set(variantId, cart.quantity(variantId) - quantity);
      return { ok: true, cart: summaryOf(cart) };
    },
  };
}

function summaryOf(cart) {
  const lines = cart.lines();
  const amount = lines.reduce((sum, { variant, quantity }) => sum + variant.price.amount * quantity, 0);
  return {
    count: cart.count(),
    items: lines.map(({ product, variant, quantity }) => ({ title: product.title, quantity, price: variant.price })),
    total: { amount, currency: 'ILS' },
  };
}
