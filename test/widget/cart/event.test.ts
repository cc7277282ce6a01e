import { afterEach, expect, test, vi } from 'vitest';
import { contentsOf, createEventCart, outcomeOf } from '../../../widget/cart/event.ts';
import type { CartAnswer } from '../../../widget/cart-events.ts';
import { line, whole } from './line.ts';

const complaints = vi.spyOn(console, 'error').mockImplementation(() => {});
afterEach(() => {
  complaints.mockClear();
  vi.useRealTimers();
});

test('a page that takes it and says nothing has done it', async () => {
  expect(await outcomeOf({ answer: null }, whole)).toEqual({ ok: true, cart: null, undo: null });
  expect(await outcomeOf({ answer: Promise.resolve() }, whole)).toEqual({ ok: true, cart: null, undo: null });
});

test('a page may say what is in its cart', async () => {
  const cart = { count: 2, items: [] };
  expect(await outcomeOf({ answer: Promise.resolve({ ok: true, cart }) }, whole)).toEqual({
    ok: true,
    cart,
    undo: null,
  });
});

test('a page may take it out again', async () => {
  const empty = { count: 0, items: [] };
  const answer = Promise.resolve({ ok: true, undo: () => ({ ok: true, cart: empty }) } as CartAnswer);
  const result = await outcomeOf({ answer }, whole);
  expect(result.ok && (await result.undo!(whole))).toEqual({ ok: true, cart: empty, undo: null });
});

test('a page that refuses says why, in our words or in none', async () => {
  const refused = (code: string) => outcomeOf({ answer: Promise.resolve({ ok: false, code: code as never }) }, whole);
  expect(await refused('out_of_stock')).toEqual({ ok: false, code: 'out_of_stock' });
  expect(await refused('<b>no</b>')).toEqual({ ok: false, code: 'unavailable' });
});

test('a page that fails is told so in the console', async () => {
  const failure = new Error('boom');
  expect(await outcomeOf({ answer: Promise.reject(failure) }, whole)).toEqual({ ok: false, code: 'unavailable' });
  expect(complaints).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('could not fill its cart'), failure);
});

test('a page that never answers is given up, and so is one that nobody waits for', async () => {
  const never = new Promise<void>(() => {});
  const gone = new Error('The shopper has moved on.');
  await expect(outcomeOf({ answer: never }, AbortSignal.abort(gone))).rejects.toBe(gone);
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  const result = outcomeOf({ answer: never }, whole);
  limit.abort();
  expect(await result).toEqual({ ok: false, code: 'unavailable' });
  timeout.mockRestore();
});

test('what a page says of its cart is taken as far as it is one', async () => {
  const told = (cart: unknown) => contentsOf({ answer: Promise.resolve(cart as never) }, whole);
  const price = { amount: 1_990, currency: 'ILS' };
  const cart = { count: 2, items: [{ title: 'Ball', quantity: 2, price }], total: { amount: 3_980, currency: 'ILS' } };
  expect(await told(cart)).toEqual(cart);
  expect(await told({ count: 2.4, items: [{ title: 'x'.repeat(600), quantity: -1, price: { amount: 1.5 } }] })).toEqual(
    {
      count: 2,
      items: [{ title: 'x'.repeat(500), quantity: 0 }],
    },
  );
  expect((await told({ count: 80, items: Array.from({ length: 80 }, () => ({})) }))?.items).toHaveLength(50);
  expect(await told(null)).toBeNull();
  expect(await told('empty')).toBeNull();
});

test('a page that fails to say what is in its cart leaves that open', async () => {
  expect(await contentsOf({ answer: Promise.reject(new Error('boom')) }, whole)).toBeNull();
  expect(complaints).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('what is in its cart'), expect.any(Error));
});

test('where nobody listens, the developer reads what to do', async () => {
  expect(await createEventCart().add(line('62'), whole)).toEqual({ ok: false, code: 'unavailable' });
  expect(complaints).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('shopclerk-add-to-cart'));
  expect(await createEventCart().view(whole)).toBeNull();
});
