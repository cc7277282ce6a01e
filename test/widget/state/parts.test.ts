import { describe, expect, test } from 'vitest';
import type { CartOutcome, ChatEvent, Product, Thread } from '../../../proxy/protocol/index.ts';
import { waitsForShopper } from '../../../widget/state/parts.ts';
import { productsRefreshed, threadRestored } from '../../../widget/state/past.ts';
import { shownProducts } from '../../../widget/state/refresh.ts';
import { reduce } from '../../../widget/state/reducer.ts';
import { initialState, type ChatState, type Part } from '../../../widget/state/state.ts';

const ils = (amount: number) => ({ amount, currency: 'ILS' });
const bowl = (amount: number, change: Partial<Product> = {}): Product =>
  ({
    id: 7,
    title: 'Bowl',
    price: { min: ils(amount), max: ils(amount) },
    availability: 'in_stock',
    ...change,
  }) as Product;
const wand = { ...bowl(500), id: 8, title: 'Wand' };
const add = { name: 'add_to_cart', arguments: { product: bowl(100), variant_id: '1', quantity: 1 } } as const;
const asks: ChatEvent = { type: 'client_tool', call_id: 'c', ...add };
const ended = (outcome: CartOutcome): ChatEvent => ({ type: 'cart', call_id: 'c', ...add, outcome });

function answerTo(...events: ChatEvent[]): ChatState {
  const sent = reduce(initialState, { type: 'message_sent', clientMessageId: 'a', text: 'Hi', createdAt: 1 });
  return events.reduce((state, event) => reduce(state, { type: 'event_received', clientMessageId: 'a', event }), sent);
}

const parts = (state: ChatState): readonly Part[] => state.messages.at(-1)!.parts;

describe('an act in the cart', () => {
  test('is asked for once, however often the turn is told, and its outcome takes the place of the question', () => {
    const asking = answerTo(asks, asks);
    expect(parts(asking)).toMatchObject([{ type: 'act', callId: 'c', progress: 'asking' }]);
    expect(waitsForShopper(asking)).toBe(true);
    const over = answerTo(asks, ended({ ok: false, code: 'no_answer' }));
    expect(parts(over)).toMatchObject([{ progress: { ok: false, code: 'no_answer' } }]);
    expect(waitsForShopper(over)).toBe(false);
  });

  test('keeps the way to undo it when the turn tells of it, too', () => {
    const undo = async () => ({ ok: true, cart: null, undo: null }) as const;
    const done = reduce(answerTo(asks), { type: 'act_changed', callId: 'c', progress: { ok: true }, undo });
    const told = reduce(done, { type: 'event_received', clientMessageId: 'a', event: ended({ ok: true }) });
    expect(parts(told)).toMatchObject([{ progress: { ok: true }, undo }]);
  });

  test('that this widget doesn’t know is not shown', () => {
    const newer = { type: 'client_tool', call_id: 'x', name: 'open_door', arguments: {} } as unknown as ChatEvent;
    expect(parts(answerTo(newer))).toEqual([]);
  });

  test('of another answer leaves everything as it is', () => {
    const state = answerTo(asks);
    expect(reduce(state, { type: 'act_changed', callId: 'other', progress: 'acting' })).toBe(state);
  });
});

describe('cards', () => {
  const comparison: ChatEvent = {
    type: 'comparison',
    data: [bowl(100), wand],
    rows: [{ name: 'Weight', values: ['1 kg', null] }],
  };

  test('of a comparison come from a turn and from a thread alike', () => {
    const live = parts(answerTo(comparison));
    const message = {
      message_id: 'm',
      role: 'assistant',
      parts: [comparison],
      created_at: '2026-11-21',
      finish: 'stop',
    };
    const thread = { thread_id: 't', active_turn_id: null, messages: [message] } as unknown as Thread;
    expect(parts(reduce(initialState, threadRestored(thread)))).toEqual(live);
    expect(live).toMatchObject([{ products: [{ id: 7 }, { id: 8 }], rows: [{ values: ['1 kg', null] }] }]);
  });

  test('are each looked up once, the latest last', () => {
    const state = answerTo({ type: 'products', data: [wand, bowl(1)] }, { type: 'products', data: [wand] });
    expect(shownProducts(state)).toEqual([7, 8]);
  });

  test('say what was shown first, also after a second look, and nothing when it is as it was', () => {
    const look = (state: ChatState, product: Product): ChatState =>
      reduce(state, productsRefreshed({ ids: [7], products: [product] }));
    const shown = answerTo({ type: 'products', data: [bowl(100)] });
    const dearer = look(shown, bowl(200));
    const gone = look(dearer, bowl(300, { availability: 'out_of_stock' }));
    const [part] = parts(gone) as [Extract<Part, { type: 'products' }>];
    expect(part.products[0]).toMatchObject({
      price: { min: ils(300) },
      then: { price: { min: ils(100) }, availability: 'in_stock' },
    });
    expect(parts(look(gone, bowl(100)))).toEqual(parts(shown));
  });

  test('that the shop no longer has leave a name behind, and their column', () => {
    const state = reduce(answerTo(comparison), productsRefreshed({ ids: [7, 8], products: [wand] }));
    expect(parts(state)).toMatchObject([
      { products: [{ id: 8 }], gone: [{ id: 7, title: 'Bowl' }], rows: [{ name: 'Weight', values: [null] }] },
    ]);
  });

  test('that were not asked for stay', () => {
    const state = reduce(answerTo(comparison), productsRefreshed({ ids: [8], products: [wand] }));
    expect(parts(state)).toMatchObject([{ products: [{ id: 7 }, { id: 8 }] }]);
  });
});
