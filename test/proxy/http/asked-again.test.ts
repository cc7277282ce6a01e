import { describe, expect, test } from 'vitest';
import type { ChatResponse, Thread, ThreadExport, VisitorExport } from '../../../proxy/protocol/index.ts';
import { answer, frames as upstream, STALL, textDelta } from '../../fakes/fake-openai.ts';
import { message, serveProxy, type Served } from './served.ts';

/** Somebody who asks, and what the model is told. */
async function shopper(served: Served) {
  const { token } = await served.session();
  const ask = async (text: string, rest: Record<string, unknown> = {}) => {
    const json = message(text, rest);
    const { status, body } = await served.api<ChatResponse>('POST', '/api/chat', { token, json });
    return { status, body, id: json.client_message_id };
  };
  const thread = async (id: string) => (await served.api<Thread>('GET', `/api/threads/${id}`, { token })).body;
  const told = () => served.openai.requests.at(-1)!.body.input;
  return { token, ask, thread, told };
}

const textsIn = ({ messages }: Pick<Thread, 'messages'>) =>
  messages.map(({ parts }) => parts.map((part) => (part.type === 'text' ? part.content : '')).join(''));

describe('asking again', () => {
  test('puts the new answer in the place of the old one, for the shopper and for the model', async () => {
    const served = await serveProxy((_, index) => answer(`Answer ${index}.`));
    const { ask, thread, told } = await shopper(served);
    const first = await ask('A bed?');
    const { thread_id } = first.body;
    const second = await ask('A bowl?', { thread_id });
    const again = await ask('A bowl?', { thread_id, replaces: second.id });
    expect(again.body).toMatchObject({ thread_id, message: 'Answer 2.' });
    expect(textsIn(await thread(thread_id))).toEqual(['A bed?', 'Answer 0.', 'A bowl?', 'Answer 2.']);
    const said = JSON.stringify(told());
    expect(said).toContain('Answer 0.');
    expect(said).not.toContain('Answer 1.');
    expect(said.match(/A bowl\?/g)).toHaveLength(1);
  });

  test('sent twice over a bad line is asked once', async () => {
    const served = await serveProxy((_, index) => answer(`Answer ${index}.`));
    const { ask, thread } = await shopper(served);
    const first = await ask('A bed?');
    const { thread_id } = first.body;
    const again = { thread_id, replaces: first.id, client_message_id: 'the-same-again' };
    const one = await ask('A bed?', again);
    const two = await ask('A bed?', again);
    expect(two.body.message).toBe(one.body.message);
    expect(served.openai.requests).toHaveLength(2);
    expect(textsIn(await thread(thread_id))).toEqual(['A bed?', 'Answer 1.']);
  });

  test('is refused once the conversation has gone on, and while it is being answered', async () => {
    const served = await serveProxy((_, index) => (index < 2 ? answer('Hi') : upstream([textDelta('Half'), STALL])));
    const { ask, token, thread } = await shopper(served);
    const first = await ask('A bed?');
    const { thread_id } = first.body;
    const second = await ask('A bowl?', { thread_id });
    expect(await ask('A bed?', { thread_id, replaces: first.id })).toMatchObject({
      status: 409,
      body: { error: { code: 'not_last_message', retryable: false } },
    });
    const json = message('A rope?', { thread_id });
    await served.api('POST', '/api/chat/stream', { token, json, headers: { accept: 'application/json' } });
    expect(await ask('A rope?', { thread_id, replaces: json.client_message_id })).toMatchObject({
      status: 409,
      body: { error: { code: 'turn_active' } },
    });
    expect(textsIn(await thread(thread_id)).slice(0, 4)).toEqual(['A bed?', 'Hi', 'A bowl?', 'Hi']);
    expect(second.status).toBe(200);
  });

  test('is never answered from memory, and puts nothing there', async () => {
    const served = await serveProxy((_, index) => answer(`Answer ${index}.`), {
      pets: { answerCache: { minutes: 60 } },
    });
    const one = await shopper(served);
    const first = await one.ask('Do you have beds?');
    const again = await one.ask('Do you have beds?', { thread_id: first.body.thread_id, replaces: first.id });
    expect(again.body.message).toBe('Answer 1.');
    const other = await shopper(served);
    expect((await other.ask('Do you have beds?')).body.message).toBe('Answer 0.');
  });

  test('leaves what it replaced in what a shopper takes away', async () => {
    const served = await serveProxy((_, index) => answer(`Answer ${index}.`));
    const { ask, token } = await shopper(served);
    const first = await ask('A bed?');
    const { thread_id } = first.body;
    await ask('A bed?', { thread_id, replaces: first.id });
    const one = await served.api<ThreadExport>('GET', `/api/threads/${thread_id}/export`, { token });
    const all = await served.api<VisitorExport>('GET', '/api/visitor', { token });
    expect(one.body.thread.messages.map(({ replaced }) => replaced)).toEqual([true, true, undefined, undefined]);
    expect(all.body.threads[0]!.messages).toEqual(one.body.thread.messages);
  });

  test('names no message of another kind', async () => {
    const served = await serveProxy(() => answer('Hi'));
    const { ask } = await shopper(served);
    for (const replaces of ['short', 7, null, 'x'.repeat(65)]) {
      expect(await ask('A bed?', { replaces })).toMatchObject({
        status: 400,
        body: { error: { code: 'invalid_request' } },
      });
    }
  });
});
