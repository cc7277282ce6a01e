import { expect } from '@open-wc/testing';
import type { AddToCartEvent, CartUpdatedEvent } from '../../../widget/cart-events.ts';
import { loadLater } from '../../../widget/components/later.ts';
import { bed, withCart } from '../cards.ts';
import { FakeProxy } from '../fake-proxy.ts';
import { realClerk } from '../real-clerk.ts';

await loadLater();

describe('the page’s side of the cart', () => {
  const proxy = new FakeProxy();
  beforeEach(() => {
    proxy.settings = { ...withCart, cart: 'event' };
    proxy.install();
  });
  afterEach(() => {
    proxy.uninstall();
    localStorage.clear();
    sessionStorage.clear();
  });

  async function answered(answer: FakeProxy['answer']) {
    proxy.answer = answer;
    const page = await realClerk();
    await page.opened();
    await page.clerk.send('A bed?');
    await page.until(({ turn }) => turn === null);
    return page;
  }

  it('is asked with a cancelable event for what a card adds, and hears that the cart has changed', async () => {
    const { clerk, find, until } = await answered([
      { type: 'products', data: [{ ...bed, variants: [bed.variants[0]!] }] },
    ]);
    const lines: AddToCartEvent['line'][] = [];
    const updates: CartUpdatedEvent['cart'][] = [];
    clerk.addEventListener('shopclerk-add-to-cart', (event) => {
      lines.push(event.line);
      event.respondWith({ ok: true, cart: { count: 1, items: [] } });
    });
    clerk.addEventListener('shopclerk-cart-updated', ({ cart }) => updates.push(cart));
    find('.add')!.click();
    await until(() => find('.added') !== null);
    expect(lines.map(({ variantId, quantity }) => [variantId, quantity])).to.deep.equal([['v1', 1]]);
    expect(updates).to.deep.equal([{ count: 1, items: [] }]);
  });

  it('that nobody takes care of is told to the shopper as a cart out of reach', async () => {
    const { find, until } = await answered([{ type: 'products', data: [{ ...bed, variants: [bed.variants[0]!] }] }]);
    const { error } = console;
    console.error = () => {};
    try {
      find('.add')!.click();
      await until(() => find('.refusal') !== null);
    } finally {
      console.error = error;
    }
    expect(find('.refusal')!.textContent).to.contain('The cart can’t be reached from here.');
  });
});
