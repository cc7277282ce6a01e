import { describe, expect, test } from 'vitest';
import { turnsOf, withAnswer } from '../../../../proxy/chat/context/history.ts';
import { Secret } from '../../../../proxy/shops/secret.ts';
import type { MessageRow, SummaryRow } from '../../../../proxy/storage/types.ts';

const message = (id: string, role: MessageRow['role']): MessageRow => ({
  id,
  threadId: 'thr',
  role,
  parts: [{ type: 'text', content: id }],
  createdAt: 1,
  clientMessageId: null,
  finish: null,
  error: null,
  replaced: false,
  page: null,
  feedback: null,
});
const thread = ['q1', 'a1', 'q2', 'a2', 'q3', 'a3'].map((id) => message(id, id.startsWith('q') ? 'user' : 'assistant'));
const MODERATION = {
  input: true,
  output: false,
  required: true,
  model: 'm',
  baseUrl: 'http://127.0.0.1:9/v1',
  apiKey: new Secret('sk'),
  guarded: false,
};
const idsOf = (messages: readonly MessageRow[], summary?: string) => {
  const row: SummaryRow | undefined =
    summary === undefined ? undefined : { messageId: summary, text: '', model: '', createdAt: 1 };
  return turnsOf(messages, row, { moderation: null }).map((turn) => turn.messages.map(({ id }) => id).join());
};

test('a thread is questions with their answers', () => {
  expect(idsOf(thread)).toEqual(['q1,a1', 'q2,a2', 'q3,a3']);
  expect(idsOf([])).toEqual([]);
});

test('an answer whose question is not there any more is no beginning', () => {
  expect(idsOf(thread.slice(1))).toEqual(['q2,a2', 'q3,a3']);
});

describe('a question that nothing was answered to', () => {
  const unanswered = thread.map((one) => (one.id === 'a1' || one.id === 'a3' ? { ...one, parts: [] } : one));
  const words = (input: boolean | null) =>
    turnsOf(unanswered, undefined, { moderation: input === null ? null : { ...MODERATION, input } }).map(
      ({ messages: [first] }) => first!.parts[0],
    );
  const asked = (content: string) => ({ type: 'text', content });

  test('is left out where questions are judged, since a crash may have come before the verdict; not the newest', () => {
    expect(words(true)).toEqual([asked('[a question that was not answered]'), asked('q2'), asked('q3')]);
  });

  test('is told like any other where they are not', () => {
    for (const input of [false, null]) expect(words(input)).toEqual([asked('q1'), asked('q2'), asked('q3')]);
  });
});

test('a turn weighs what its answer weighs as soon as it is there', () => {
  const waiting = thread.map((one) => (one.id === 'a3' ? { ...one, parts: [] } : one));
  const turns = turnsOf(waiting, undefined, { moderation: null });
  const history = { messages: waiting, products: [], summary: undefined, turns };
  const answered = withAnswer(history, { parts: thread[5]!.parts, finish: 'stop' });
  expect(answered.map(({ tokens }) => tokens)).toEqual(
    turnsOf(thread, undefined, { moderation: null }).map(({ tokens }) => tokens),
  );
  expect(withAnswer({ ...history, turns: [] }, { parts: [], finish: 'stop' })).toEqual([]);
});

test('what the summary holds is not told again; what it held before all of this is no matter', () => {
  expect(idsOf(thread, 'a2')).toEqual(['q3,a3']);
  expect(idsOf(thread, 'long_gone')).toEqual(['q1,a1', 'q2,a2', 'q3,a3']);
});
