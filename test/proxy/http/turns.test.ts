import { describe, expect, test } from 'vitest';
import type { StartedTurn, Thread, TurnEvents } from '../../../proxy/protocol/index.ts';
import { answer, frames as upstream, STALL, textDelta } from '../../fakes/fake-openai.ts';
import { frames, message, serveProxy, type Served } from './served.ts';

const begun = { type: 'response.created', response: { id: 'r', output: [] } };
const json = { accept: 'application/json' };

/** Starts a turn and leaves it to itself. */
async function start({ api }: Served, token: string, text = 'Hello', rest = {}) {
  const started = await api<StartedTurn>('POST', '/api/chat/stream', {
    token,
    headers: json,
    json: message(text, rest),
  });
  expect(started.status).toBe(202);
  return started.body;
}

describe('GET /api/turns/:id/events', () => {
  test('tells a turn again from any number on, byte for byte, until its end', async () => {
    const served = await serveProxy([answer('One two three four.')]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const path = `/api/turns/${turn_id}/events`;
    const whole = await served.api<string>('GET', path, { token });
    expect(whole.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const all = frames(whole.body);
    expect(all.at(-1)!.event.type).toBe('done');
    for (let after = 0; after <= all.length; after++) {
      const rest = await served.api<string>('GET', `${path}?after=${after}`, { token });
      expect(frames(rest.body)).toEqual(all.slice(after));
      const headers = { 'last-event-id': `${turn_id}:${after}` };
      expect((await served.api<string>('GET', path, { token, headers })).body).toBe(rest.body);
    }
  });

  test('follows a turn that is running, from the middle', async () => {
    let release!: () => void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const reply = answer('Late.');
    const served = await serveProxy([
      { ...reply, body: [reply.body[0]!, textDelta('Early. '), held, ...reply.body.slice(1)] },
    ]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const following = served.api<string>('GET', `/api/turns/${turn_id}/events?after=1`, { token });
    release();
    const events = frames((await following).body).map(({ event }) => event);
    expect(events.map((event) => (event.type === 'text' ? event.content : event.type)).join('')).toBe(
      'Early. Late.done',
    );
  });

  test('answers a cursor that it cannot serve with a gap', async () => {
    const served = await serveProxy([answer('One.'), answer('Two.')]);
    const { token } = await served.session();
    const [first, second] = [await start(served, token), await start(served, token)];
    const path = `/api/turns/${first.turn_id}/events`;
    await served.api('GET', path, { token });
    const gap = { type: 'gap', thread_id: first.thread_id };
    const ask = async (query: string, headers = {}) => {
      const stream = await served.api<string>('GET', path + query, { token, headers });
      expect(stream.status).toBe(200);
      const polled = await served.api<TurnEvents>('GET', path + query, { token, headers: { ...headers, ...json } });
      expect(polled.body).toMatchObject({ events: [{ event: gap }], ended: true });
      return stream.body;
    };
    const frame = `data: ${JSON.stringify(gap)}\n\n`;
    expect(await ask('?after=999')).toBe(frame);
    expect(await ask('', { 'last-event-id': `${second.turn_id}:1` })).toBe(frame);
    expect(await ask('', { 'last-event-id': 'nonsense' })).toBe(frame);
    await served.deps.storage.pruneEvents(Infinity, 1_000);
    expect(await ask('?after=1')).toBe(frame);
  });

  test.each(['-1', '1.5', 'x', ''])('refuses after=%s', async (after) => {
    const served = await serveProxy([answer('One.')]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const refused = await served.api('GET', `/api/turns/${turn_id}/events?after=${after}`, { token });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
  });

  test("knows no turn of others, like one that isn't there", async () => {
    const served = await serveProxy([answer('Mine.')]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    for (const shop of ['pets', 'books']) {
      const stranger = await served.session(shop);
      const foreign = await served.api('GET', `/api/turns/${turn_id}/events`, { token: stranger.token });
      const missing = await served.api('GET', '/api/turns/trn_none/events', { token: stranger.token });
      expect([foreign.status, foreign.body]).toEqual([missing.status, missing.body]);
      expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'turn_not_found' } } });
    }
  });
});

describe('polling', () => {
  test('gets the same events as the stream, in order and without gaps', async () => {
    const served = await serveProxy([answer('One two three four five six.', { delayMs: 5 })]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const polled: TurnEvents['events'] = [];
    for (let ended = false; !ended;) {
      const path = `/api/turns/${turn_id}/events?after=${polled.length}&wait=1`;
      const { body } = await served.api<TurnEvents>('GET', path, { token, headers: json });
      polled.push(...body.events);
      ended = body.ended;
    }
    const stream = await served.api<string>('GET', `/api/turns/${turn_id}/events`, { token });
    const expected = frames(stream.body).map(({ id, event }) => ({ seq: Number(id.split(':')[1]), event }));
    expect(polled).toEqual(expected);
  });

  test('answers at once when asked not to wait, and says that there is more to come', async () => {
    const served = await serveProxy([upstream([begun, STALL])]);
    const { token } = await served.session();
    const { turn_id } = await start(served, token);
    const poll = (after: number) =>
      served.api<TurnEvents>('GET', `/api/turns/${turn_id}/events?after=${after}&wait=0`, { token, headers: json });
    expect((await poll(1)).body).toEqual({ events: [], ended: false });
  });

  test('joins the turn of a message that was sent before', async () => {
    const served = await serveProxy([answer('Once.')]);
    const { token } = await served.session();
    const first = await start(served, token, 'Hello', { client_message_id: 'the-same-message' });
    const again = await start(served, token, 'Hello', { client_message_id: 'the-same-message' });
    expect(again).toEqual(first);
    await served.api('GET', `/api/turns/${first.turn_id}/events`, { token });
    expect(served.openai.requests).toHaveLength(1);
  });
});

test('a thread names its running turn, and leaves the answer under way to it', async () => {
  const served = await serveProxy([upstream([begun, textDelta('Half'), STALL])]);
  const { token } = await served.session();
  const { turn_id, thread_id } = await start(served, token);
  const { body } = await served.api<Thread>('GET', `/api/threads/${thread_id}`, { token });
  expect(body.active_turn_id).toBe(turn_id);
  expect(body.messages.map(({ role }) => role)).toEqual(['user']);
});
