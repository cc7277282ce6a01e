import { expect } from '@open-wc/testing';
import type { CartOutcome, ChatEvent, MessagePart, ThreadMessage } from '../../../proxy/protocol/index.ts';
import type { CartResult } from '../../../widget/cart/types.ts';
import type { ActPart } from '../../../widget/state/state.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import { bed } from '../cards.ts';
import { product } from '../fake-chat.ts';
import { MemoryStorage } from '../memory-storage.ts';
import { asked, closePages, done, openPage, started, threadOf } from './page.ts';

const toAdd = (call = 'call_1', variant_id = 'v3'): ChatEvent => ({
  type: 'client_tool',
  call_id: call,
  name: 'add_to_cart',
  arguments: { product: bed, variant_id, quantity: 2 },
});
const ended = (outcome: CartOutcome): ChatEvent => ({ ...toAdd(), type: 'cart', outcome }) as ChatEvent;
const toLook: ChatEvent = { type: 'client_tool', call_id: 'call_2', name: 'view_cart', arguments: {} };

/** A page whose turn has said this much. */
async function during(...events: ChatEvent[]) {
  return duringIn(openPage(), ...events);
}

async function duringIn(page: ReturnType<typeof openPage>, ...events: ChatEvent[]) {
  await page.chat.start();
  const sending = page.chat.send('Put it into my cart');
  const turn = await page.transport.turn(0);
  turn.say(started(), ...events);
  await page.host.until(() => page.answer().parts.length > 0);
  const act = () => page.answer().parts.find((part): part is ActPart => part.type === 'act')!;
  return { ...page, turn, sending, act };
}

describe('acts in the cart', () => {
  afterEach(closePages);

  it('wait for the shopper’s yes, are done once, and told', async () => {
    const { chat, desk, transport, act } = await during(toAdd());
    expect(act().progress).to.equal('asking');
    expect(desk.added).to.deep.equal([]);
    await Promise.all([chat.answerAct('call_1', true), chat.answerAct('call_1', true)]);
    expect(desk.added.map(({ variant, quantity }) => [variant.id, quantity])).to.deep.equal([['v3', 2]]);
    expect(transport.told).to.deep.equal([['trn_1', 'call_1', { ok: true }]]);
    expect(act().progress).to.deep.equal({ ok: true });
  });

  it('are not done after a no', async () => {
    const { chat, desk, transport } = await during(toAdd());
    await chat.answerAct('call_1', false);
    expect(desk.added).to.deep.equal([]);
    expect(transport.told).to.deep.equal([['trn_1', 'call_1', { ok: false, code: 'declined' }]]);
  });

  it('are never done twice: a reload finds how it ended', async () => {
    const first = await during(toAdd());
    await first.chat.answerAct('call_1', true);
    first.chat.hostDisconnected();
    const { desk, transport, act } = await during(toAdd());
    expect(desk.added).to.deep.equal([]);
    expect(transport.told).to.deep.equal([['trn_1', 'call_1', { ok: true }]]);
    expect(act().progress).to.deep.equal({ ok: true });
  });

  it('that a reload broke off are told as not known, and not done again', async () => {
    const first = await during(toAdd());
    first.desk.result = new Promise<CartResult>(() => {});
    void first.chat.answerAct('call_1', true);
    first.chat.hostDisconnected();
    const { desk, transport } = await during(toAdd());
    expect(desk.added).to.deep.equal([]);
    expect(transport.told).to.deep.equal([['trn_1', 'call_1', { ok: false, code: 'network' }]]);
  });

  it('that two tabs are asked for are done in the one that said yes first', async () => {
    const one = await during(toAdd());
    const other = await duringIn(openPage({ tabStorage: new MemoryStorage() }), toAdd());
    await one.chat.answerAct('call_1', true);
    await other.chat.answerAct('call_1', true);
    expect([one.desk.added.length, other.desk.added.length]).to.deep.equal([1, 0]);
    expect(other.transport.told).to.deep.equal([]);
    // How it ended comes over the turn.
    other.turn.say(ended({ ok: true }));
    await other.host.until(() =>
      other.answer().parts.some((part) => part.type !== 'act' || part.progress !== 'acting'),
    );
  });

  it('of a variant that the product doesn’t have are refused', async () => {
    const { chat, desk, transport } = await during(toAdd('call_1', 'v99'));
    await chat.answerAct('call_1', true);
    expect(desk.added).to.deep.equal([]);
    expect(transport.told[0]![2]).to.deep.equal({ ok: false, code: 'choose_option' });
  });

  it('that ended elsewhere can’t be answered any more', async () => {
    const { chat, desk, turn, host, act } = await during(toAdd());
    turn.say(ended({ ok: false, code: 'no_answer' }));
    await host.until(() => act().progress !== 'asking');
    await chat.answerAct('call_1', true);
    expect(desk.added).to.deep.equal([]);
  });

  it('are dropped when the shopper asks something else', async () => {
    const { chat, desk, transport, turn } = await during(toAdd());
    transport.onCancel = () => turn.say(done('cancelled'));
    const next = chat.send('What about a bowl?');
    const second = await transport.turn(1);
    expect(transport.cancelled).to.deep.equal(['trn_1']);
    await chat.answerAct('call_1', true);
    expect(desk.added).to.deep.equal([]);
    second.say(started('trn_2'), done());
    await next;
  });

  it('look into the cart without asking', async () => {
    const { transport, host, act } = await during(toLook);
    await host.until(() => act().progress !== 'acting');
    const outcome = { ok: true, cart: { count: 0, items: [] } } as const;
    expect(act().progress).to.deep.equal(outcome);
    expect(transport.told).to.deep.equal([['trn_1', 'call_2', outcome]]);
  });

  it('are done for the shopper also when the turn waits no longer', async () => {
    const { chat, transport, act } = await during(toAdd());
    transport.toolError = new TransportError('tool_call_settled', 'Settled.', { status: 409, retryable: false });
    await chat.answerAct('call_1', true);
    expect(act().progress).to.deep.equal({ ok: true });
  });
});

describe('cards on show', () => {
  const now = Date.now;
  afterEach(() => {
    Date.now = now;
    closePages();
  });

  it('are looked up again after five minutes, and not before', async () => {
    const { chat, transport, memory, answer } = openPage();
    memory.save({ token: 'old', threadId: 'thr_1' });
    const cards: MessagePart = { type: 'products', data: [product(1), product(2)] };
    const shown: ThreadMessage = { ...asked('msg_2', ''), role: 'assistant', parts: [cards], finish: 'stop' };
    transport.threadById.set('thr_1', threadOf(null, asked('msg_1', 'Hi'), shown));
    transport.catalogue = [
      product(1, { price: { min: { amount: 1, currency: 'ILS' }, max: { amount: 1, currency: 'ILS' } } }),
    ];
    await chat.start();
    await chat.refresh();
    expect(transport.productsAsked).to.deep.equal([]);
    Date.now = () => now() + 5 * 60_000;
    await chat.refresh();
    await chat.refresh();
    expect(transport.productsAsked).to.deep.equal([[1, 2]]);
    const [part] = answer().parts;
    expect(part).to.deep.include({ gone: [{ id: 2, title: 'Product 2' }] });
    expect(part!.type === 'products' && part!.products[0]!.then!.price!.min.amount).to.equal(21990);
  });
});
