import { expect } from '@open-wc/testing';
import type { CartSummary } from '../../../proxy/protocol/index.ts';
import type { Cart, CartLine, CartResult } from '../../../widget/cart/types.ts';
import { contentsOf, outcomeOf } from '../../../widget/cart/index.ts';
import { createCartDesk } from '../../../widget/controllers/cart-desk.ts';
import { AddToCartEvent, ViewCartEvent } from '../../../widget/cart-events.ts';
import { bed } from '../cards.ts';

const source = { shop: 'acme', threadId: null };
const addition = { product: bed, variant: bed.variants[2]!, options: bed.variants[2]!.options, quantity: 2 };
const summary: CartSummary = { count: 2, items: [] };

interface Scene {
  cart?: Partial<Cart>;
  kind?: 'woocommerce' | 'none';
  /** What the page does with the event. */
  page?: (event: AddToCartEvent) => void;
  load?: () => Promise<never>;
}

function open({ cart, kind = 'woocommerce', page = () => {}, load }: Scene = {}) {
  const lines: CartLine[] = [];
  const updates: (CartSummary | null)[] = [];
  const target = new EventTarget();
  target.addEventListener('shopclerk-add-to-cart', (event) => page(event as AddToCartEvent));
  let carts = 0;
  const createCart = (): Cart => {
    carts++;
    return {
      add: async (line) => {
        lines.push(line);
        return { ok: true, cart: summary, undo: async () => ({ ok: true, cart: null, undo: null }) };
      },
      view: async () => summary,
      ...cart,
    };
  };
  const desk = createCartDesk({
    kind: () => kind,
    load: load ?? (async () => ({ createCart, outcomeOf, contentsOf })),
    announce(line, product) {
      const event = new AddToCartEvent(source, line, product);
      target.dispatchEvent(event);
      return event;
    },
    inquire() {
      const event = new ViewCartEvent(source);
      target.dispatchEvent(event);
      return event;
    },
    onUpdated: (updated) => updates.push(updated),
    patienceMs: 50,
  });
  const add = (signal = new AbortController().signal): Promise<CartResult> => desk.add(addition, signal);
  return { desk, add, lines, updates, carts: () => carts };
}

describe('the cart desk', () => {
  it('puts the catalogue’s ids into the page’s cart, one cart for all, and tells the page', async () => {
    const { add, lines, updates, carts } = open();
    await add();
    await add();
    expect(lines[0]).to.deep.equal({
      productId: '11',
      variantId: 'v3',
      quantity: 2,
      options: addition.options,
      title: 'Cloud bed',
      url: 'https://shop.example/product/11',
    });
    expect(carts()).to.equal(1);
    expect(updates).to.deep.equal([summary, summary]);
  });

  it('tells the page of an undo, too', async () => {
    const { add, updates } = open();
    const result = await add();
    if (result.ok) await result.undo!(new AbortController().signal);
    expect(updates).to.deep.equal([summary, null]);
  });

  it('leaves it to a page that says it does it, and believes what it says', async () => {
    const silent = open({ page: (event) => event.preventDefault() });
    expect(await silent.add()).to.deep.include({ ok: true, cart: null });
    expect(silent.lines).to.deep.equal([]);
    const refusing = open({ page: (event) => event.respondWith({ ok: false, code: 'out_of_stock' }) });
    expect(await refusing.add()).to.deep.equal({ ok: false, code: 'out_of_stock' });
    expect(refusing.updates).to.deep.equal([]);
  });

  it('looks into the cart', async () => {
    const { desk } = open();
    expect(await desk.look(new AbortController().signal)).to.deep.equal({ ok: true, cart: summary });
    const blind = open({ cart: { view: async () => null } });
    expect(await blind.desk.look(new AbortController().signal)).to.deep.equal({ ok: false, code: 'unavailable' });
  });

  it('says that there is no cart where the page has none', async () => {
    expect(await open({ kind: 'none' }).add()).to.deep.equal({ ok: false, code: 'unavailable' });
  });

  it('never rejects and never hangs: a lost line, a silent shop, a shopper who has left', async () => {
    const lost = { ok: false, code: 'network' };
    const silent = { add: () => new Promise<CartResult>(() => {}) };
    const { error } = console;
    console.error = () => {};
    try {
      expect(await open({ load: () => Promise.reject(new TypeError('No chunk.')) }).add()).to.deep.equal(lost);
    } finally {
      console.error = error;
    }
    expect(await open({ cart: silent }).add()).to.deep.equal(lost);
    expect(await open({ cart: silent }).add(AbortSignal.abort())).to.deep.equal(lost);
  });
});
