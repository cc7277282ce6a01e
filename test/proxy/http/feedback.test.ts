import { describe, expect, test } from 'vitest';
import type { ChatResponse, Thread, VisitorExport } from '../../../proxy/protocol/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { testShop } from '../../fixtures/shops.ts';
import { message, serveProxy, type ServeOptions } from './served.ts';

async function answered(options: ServeOptions = {}) {
  const served = await serveProxy(() => answer('This bed.'), options);
  const { token } = await served.session();
  const { body } = await served.api<ChatResponse>('POST', '/api/chat', { token, json: message('A bed?') });
  const path = `/api/messages/${body.message_id}/feedback`;
  const rate = (json: unknown, as = token) =>
    served.api<{ error: { code: string } }>('POST', path, { token: as, json });
  const opinion = async () => {
    const thread = await served.api<Thread>('GET', `/api/threads/${body.thread_id}`, { token });
    return thread.body.messages[1]!.feedback;
  };
  return { served, token, body, rate, opinion };
}

describe('an opinion on an answer', () => {
  test('is in the thread and in what the shopper takes away, until it is taken back', async () => {
    const { served, token, rate, opinion } = await answered();
    expect(await opinion()).toBeUndefined();
    expect(await rate({ rating: 'up' })).toMatchObject({ status: 204, body: '' });
    expect(await opinion()).toEqual({ rating: 'up' });
    const down = { rating: 'down', reason: 'wrong', comment: 'It is red.' };
    expect(await rate(down)).toMatchObject({ status: 204 });
    expect(await opinion()).toEqual(down);
    const { body } = await served.api<VisitorExport>('GET', '/api/visitor', { token });
    expect(body.threads[0]!.messages[1]!.feedback).toEqual(down);
    expect(await rate({ rating: null })).toMatchObject({ status: 204 });
    expect(await opinion()).toBeUndefined();
  });

  test('has a comment that is cleaned and masked like any text of a shopper', async () => {
    const { rate, opinion } = await answered({ pets: { privacy: { ...testShop().privacy, mask: ['email'] } } });
    await rate({ rating: 'down', comment: ' Write to dana@home.example\u0000\u{e0041} ' });
    expect(await opinion()).toEqual({ rating: 'down', comment: 'Write to [email]' });
    await rate({ rating: 'down', comment: ' \u200b ' });
    expect(await opinion()).toEqual({ rating: 'down' });
  });

  test('of somebody else’s answer, of a question and of nothing is one and the same 404', async () => {
    const { served, rate, body, token } = await answered();
    const stranger = await served.session();
    const thread = await served.api<Thread>('GET', `/api/threads/${body.thread_id}`, { token });
    const question = thread.body.messages[0]!.message_id;
    const call = (id: string) => served.api('POST', `/api/messages/${id}/feedback`, { token, json: { rating: 'up' } });
    const foreign = await rate({ rating: 'up' }, stranger.token);
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'message_not_found' } } });
    for (const id of [question, 'msg_none']) expect((await call(id)).body).toEqual(foreign.body);
  });

  test.each([{}, { rating: 'fine' }, { rating: 'up', reason: 'ugly' }, { rating: 'up', comment: 'x'.repeat(501) }])(
    'is refused when it has another form: %j',
    async (json) => {
      const { rate } = await answered();
      expect(await rate(json)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
    },
  );

  test('may be changed a hundred and twenty times an hour', async () => {
    const { rate } = await answered();
    for (let n = 0; n < 120; n++) expect(await rate({ rating: 'up' })).toMatchObject({ status: 204 });
    const refused = await rate({ rating: 'up' });
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate_limited' } } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
