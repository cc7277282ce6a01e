import { describe, expect, test } from 'vitest';
import type {
  Conversation,
  ConversationPage,
  GapPage,
  Overview,
  UsageReport,
  AuditPage,
} from '../../../../proxy/protocol/admin/index.ts';
import type { ChatResponse } from '../../../../proxy/protocol/index.ts';
import { answer, toolCall } from '../../../fakes/fake-openai.ts';
import { message } from '../served.ts';
import { serveDesk } from './desk.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const search = (query: string) => toolCall('search_products', { ...NO_FILTER, query });
const NO_FILTER = {
  synonyms: [],
  category: null,
  options: [],
  min_price: null,
  max_price: null,
  in_stock_only: false,
  on_sale_only: false,
  sort: 'relevance',
  limit: 5,
};
const pets = { contact: { form: true }, tools: ['search_products', 'show_products', 'hand_off'] };

/** Three conversations: one with a bed, one that finds nothing, one that is handed over. */
async function talked() {
  const desk = await serveDesk({ pets, now: () => NOW }, [
    search('bed'),
    toolCall('show_products', { product_ids: [1], title: null, why: null }),
    answer('=SUM(1) This bed.'),
    search('hamster wheel'),
    answer('We have none.'),
    toolCall('hand_off', {}),
    answer('They are glad to help.'),
  ]);
  const shopper = await desk.session();
  const { token } = shopper;
  const ask = async (text: string) =>
    (await desk.api<ChatResponse>('POST', '/api/chat', { token, json: message(text) })).body;
  const bed = await ask('A bed for my <b>puppy</b>?');
  const wheel = await ask('A hamster wheel?');
  const person = await ask('A human, please');
  await desk.api('POST', `/api/messages/${bed.message_id}/feedback`, {
    token,
    json: { rating: 'down', reason: 'wrong', comment: '@home' },
  });
  const get = async <T>(path: string) => {
    const { status, body } = await desk.operator<T>('GET', path);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body;
  };
  return { desk, token, bed, wheel, person, get };
}

describe('what the desk reads', () => {
  test('is told in figures, shares and days that explain themselves', async () => {
    const { desk, token, bed, get } = await talked();
    const addition = { addition_id: 'made-by-the-page', product_id: 1, quantity: 2 };
    for (let twice = 0; twice < 2; twice++) {
      const added = await desk.api('POST', `/api/messages/${bed.message_id}/additions`, { token, json: addition });
      expect(added.status).toBe(204);
    }
    const overview = await get<Overview>('/overview?shop=pets&from=2026-11-20&to=2026-11-21&compare=1');
    const { figures, series, products } = overview.period;
    expect(figures).toMatchObject({
      conversations: 3,
      messages: 3,
      answers: 3,
      hand_offs: 1,
      errors: 0,
      no_results: 1,
    });
    expect(figures).toMatchObject({ alone_share: 2 / 3, satisfaction: 0, error_share: 0, additions: 1, pieces: 2 });
    expect(figures.first_ms.of).toBe(3);
    expect(series.map(({ at, messages }) => [at, messages])).toEqual([
      ['2026-11-20T00:00:00.000Z', 0],
      ['2026-11-21T00:00:00.000Z', 3],
    ]);
    expect(products).toMatchObject([{ product_id: 1, additions: 1, pieces: 2 }]);
    expect(products[0]!.title).not.toBeNull();
    expect(overview.before).toMatchObject({ from: '2026-11-18', to: '2026-11-19', figures: { alone_share: null } });
    expect(overview.cost.today.cost_micro_usd).toBe(figures.cost_micro_usd);
    for (const name of Object.keys(figures)) expect(overview.explained, name).toHaveProperty(name);
    const hourly = await get<Overview>('/overview?shop=pets&from=2026-11-21&to=2026-11-21&by=hour');
    expect(hourly.period.series).toHaveLength(24);
    expect(hourly.period.series[12]).toMatchObject({ messages: 3, cost_micro_usd: figures.cost_micro_usd });
    expect(hourly.before).toBeNull();
  });

  test('refuses days that are none, in the wrong order, or too many', async () => {
    const { operator } = await serveDesk();
    for (const range of [
      'from=2026-02-30',
      'from=2026-11-21&to=2026-11-20',
      'from=2020-01-01',
      'by=hour&from=2026-11-01&to=2026-11-20',
    ]) {
      const answered = await operator('GET', `/overview?shop=pets&${range}`);
      expect(answered, range).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    }
  });

  test('lists, filters and searches conversations, a page at a time', async () => {
    const { get, bed, wheel, person } = await talked();
    const ids = async (query: string) =>
      (await get<ConversationPage>(`/conversations?shop=pets&${query}`)).conversations.map((one) => one.thread_id);
    expect(new Set(await ids(''))).toEqual(new Set([bed.thread_id, wheel.thread_id, person.thread_id]));
    expect(await ids('filter=rating')).toEqual([bed.thread_id]);
    expect(await ids('filter=no_result')).toEqual([wheel.thread_id]);
    expect(await ids('filter=handoff')).toEqual([person.thread_id]);
    expect(await ids('filter=error')).toEqual([]);
    expect(await ids('filter=wrong')).toEqual([]);
    expect(await ids('to=2026-11-20')).toEqual([]);
    expect(await ids('q=PUPPY')).toEqual([bed.thread_id]);
    expect(await ids('q=glad%20help')).toEqual([person.thread_id]);
    expect(await ids('q=puppy&filter=handoff')).toEqual([]);
    const found = await get<ConversationPage>('/conversations?shop=pets&q=puppy');
    expect(found.conversations[0]).toMatchObject({ messages: 1, downs: 1, snippet: 'A bed for my <bpuppy</b?' });
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ConversationPage = await get(`/conversations?shop=pets&limit=1${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.conversations.map((one) => one.thread_id));
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(await ids(''));
  });

  test('tells all of a conversation: cards as said, tools, calls, rating, times and cost', async () => {
    const { get, bed, wheel } = await talked();
    const conversation = await get<Conversation>(`/conversations/${bed.thread_id}?shop=pets`);
    const [turn] = conversation.turns;
    expect(turn!.question.text).toBe('A bed for my <b>puppy</b>?');
    expect(turn!.answer.parts).toMatchObject([
      { type: 'products', cards: [{ product_id: 1, availability: expect.any(String) }] },
      { type: 'text', content: '=SUM(1) This bed.' },
    ]);
    expect(turn!.steps).toEqual([
      { name: 'search_products', query: 'bed', found: expect.any(Number) },
      { name: 'show_products' },
    ]);
    expect(turn!.calls).toHaveLength(3);
    expect(turn!.cost_micro_usd).toBe(turn!.calls.reduce((sum, call) => sum + call.cost_micro_usd!, 0));
    expect(turn!.answer.feedback).toMatchObject({ rating: 'down', reason: 'wrong', comment: '@home' });
    expect([turn!.status, turn!.first_ms, turn!.whole_ms]).toEqual(['stop', 0, 0]);
    expect(conversation.products.map(({ id }) => id)).toEqual([1]);
    const other = await get<Conversation>(`/conversations/${wheel.thread_id}?shop=pets`);
    expect(other.turns[0]!.gaps).toEqual([{ kind: 'not_sold', text: 'hamster wheel' }]);
  });

  test('exports a conversation, and no cell of it is a formula', async () => {
    const { desk, bed, get } = await talked();
    const path = `/conversations/${bed.thread_id}`;
    const csv = await desk.operator<string>('GET', `${path}/export?shop=pets&format=csv`);
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="conversation-${bed.thread_id}.csv"`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const [header, question, said] = csv.body.trim().split('\r\n');
    expect(header).toMatch(/^\uFEFF?time,role,text/);
    expect(question).toContain('A bed for my <b>puppy</b>?');
    expect(said).toContain(`"'=SUM(1) This bed."`);
    expect(said).toContain(`"'@home"`);
    const whole = await desk.operator('GET', `${path}/export?shop=pets`);
    expect(whole.body).toEqual(await get(`${path}?shop=pets`));
  });

  test('notes that an answer is wrong, for the owner alone, and takes it back', async () => {
    const { desk, bed, get, token } = await talked();
    const note = (json: object) => desk.operator('PUT', `/messages/${bed.message_id}/note?shop=pets`, { json });
    const wrong = async () =>
      (await get<ConversationPage>('/conversations?shop=pets&filter=wrong')).conversations.length;
    expect(await note({ wrong: true, note: ' It is red.\u0000 ' })).toMatchObject({ status: 204 });
    const noted = async () =>
      (await get<Conversation>(`/conversations/${bed.thread_id}?shop=pets`)).turns[0]!.answer.note;
    expect(await noted()).toEqual({ wrong: true, note: 'It is red.', by: 'operator', at: new Date(NOW).toISOString() });
    expect(await wrong()).toBe(1);
    const thread = await desk.api('GET', `/api/threads/${bed.thread_id}`, { token });
    expect(JSON.stringify(thread.body)).not.toContain('It is red');
    await note({ wrong: false, note: '' });
    expect([await noted(), await wrong()]).toEqual([null, 0]);
    const missing = await desk.operator('PUT', '/messages/msg_none/note?shop=pets', {
      json: { wrong: true, note: '' },
    });
    expect(missing).toMatchObject({ status: 404, body: { error: { code: 'message_not_found' } } });
  });

  test('deletes a conversation with all that was said, and keeps the figures', async () => {
    const { desk, wheel, get, token } = await talked();
    const before = await get<Overview>('/overview?shop=pets');
    expect(await desk.operator('DELETE', `/conversations/${wheel.thread_id}?shop=pets`)).toMatchObject({ status: 204 });
    expect(await desk.api('GET', `/api/threads/${wheel.thread_id}`, { token })).toMatchObject({ status: 404 });
    const again = await desk.operator('DELETE', `/conversations/${wheel.thread_id}?shop=pets`);
    expect(again).toMatchObject({ status: 404, body: { error: { code: 'thread_not_found' } } });
    expect((await get<GapPage>('/gaps?shop=pets')).gaps).toEqual([]);
    expect(await get<Overview>('/overview?shop=pets')).toEqual(before);
    const { entries } = await get<AuditPage>('/audit?shop=pets');
    expect(entries[0]).toMatchObject({ action: 'conversation.deleted', subject: wheel.thread_id, who: 'operator' });
  });

  test('lists gaps until something is done, and again when they are asked again', async () => {
    const { desk, wheel, get } = await talked();
    const gaps = async (state = 'open') => (await get<GapPage>(`/gaps?shop=pets&state=${state}`)).gaps;
    expect(await gaps()).toMatchObject([
      { kind: 'not_sold', text: 'hamster wheel', count: 1, latest: [{ thread_id: wheel.thread_id }], done_at: null },
    ]);
    const mark = (done: boolean) =>
      desk.operator('POST', '/gaps/done?shop=pets', { json: { kind: 'not_sold', key: 'hamster wheel', done } });
    expect(await mark(true)).toMatchObject({ status: 204 });
    expect([await gaps(), (await gaps('done')).length]).toEqual([[], 1]);
    const { id: turnId } = (await desk.deps.storage.turnOfMessage('pets', 'nobody', 'none')) ?? { id: 'trn_later' };
    const later = { shop: 'pets', threadId: wheel.thread_id, turnId, kind: 'search' as const, createdAt: NOW + 1 };
    await desk.deps.storage.addGap({ ...later, query: 'Hamster  WHEEL' });
    expect(await gaps()).toMatchObject([{ text: 'Hamster  WHEEL', count: 2, done_by: 'operator' }]);
    const { body } = await desk.operator('GET', '/gaps/occurrences?shop=pets&kind=not_sold&key=hamster%20wheel');
    expect(body['occurrences']).toHaveLength(2);
    await mark(false);
    expect((await gaps())[0]).toMatchObject({ done_at: null });
  });

  test('adds usage up by day, month, model, arm and purpose, also for spreadsheets', async () => {
    const { desk, get } = await talked();
    for (const by of ['day', 'month', 'model', 'arm', 'purpose']) {
      const { rows, total } = await get<UsageReport>(`/usage?shop=pets&by=${by}`);
      expect(rows, by).toHaveLength(1);
      expect(total).toMatchObject({ calls: 7, errors: 0, from_cache_share: 0 });
      expect(total.cost_micro_usd).toBe(rows[0]!.cost_micro_usd);
    }
    const { body } = await desk.operator<string>('GET', '/usage?shop=pets&by=model&format=csv');
    expect(body.trim().split('\r\n')).toHaveLength(2);
  });

  test('shows an owner the shops of the account and no other', async () => {
    const { desk, bed } = await talked();
    const { call } = await desk.owner(['books'], 'noa@books.example');
    const paths = [
      ['GET', '/overview?shop=pets'],
      ['GET', '/conversations?shop=pets'],
      ['GET', `/conversations/${bed.thread_id}?shop=pets`],
      ['DELETE', `/conversations/${bed.thread_id}?shop=pets`],
      ['GET', '/gaps?shop=pets'],
      ['GET', '/usage?shop=pets'],
    ] as const;
    for (const [method, path] of paths) {
      expect(await call(method, path), path).toMatchObject({
        status: 404,
        body: { error: { code: 'shop_not_found' } },
      });
    }
    for (const [method, path] of [
      ['GET', `/conversations/${bed.thread_id}?shop=books`],
      ['DELETE', `/conversations/${bed.thread_id}?shop=books`],
    ] as const) {
      expect(await call(method, path)).toMatchObject({ status: 404, body: { error: { code: 'thread_not_found' } } });
    }
    const note = await call('PUT', `/messages/${bed.message_id}/note?shop=books`, { json: { wrong: true, note: 'x' } });
    expect(note).toMatchObject({ status: 404, body: { error: { code: 'message_not_found' } } });
  });
});

describe('what a card has put into the cart', () => {
  test('is counted for answers of one’s own alone, in a form of its own', async () => {
    const { desk, token, bed } = await talked();
    const addition = { addition_id: 'made-by-the-page', product_id: 1, quantity: 1 };
    const send = (json: object, as = token, id = bed.message_id) =>
      desk.api('POST', `/api/messages/${id}/additions`, { token: as, json });
    const stranger = await desk.session();
    const notFound = { status: 404, body: { error: { code: 'message_not_found' } } };
    expect(await send(addition, stranger.token)).toMatchObject(notFound);
    expect(await send(addition, token, 'msg_none')).toMatchObject(notFound);
    for (const change of [{ addition_id: 'x' }, { product_id: 'one' }, { quantity: 0 }, { quantity: 1.5 }]) {
      expect(await send({ ...addition, ...change })).toMatchObject({ status: 400 });
    }
    expect(await send(addition)).toMatchObject({ status: 204 });
  });
});
