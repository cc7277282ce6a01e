import { expect, test } from 'vitest';
import { turnsOf } from '../../../proxy/chat/history.ts';
import type { MessageRow, SummaryRow } from '../../../proxy/storage/types.ts';

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
const idsOf = (messages: readonly MessageRow[], summary?: string) => {
  const row: SummaryRow | undefined =
    summary === undefined ? undefined : { messageId: summary, text: '', model: '', createdAt: 1 };
  return turnsOf(messages, row).map((turn) => turn.messages.map(({ id }) => id).join());
};

test('a thread is questions with their answers', () => {
  expect(idsOf(thread)).toEqual(['q1,a1', 'q2,a2', 'q3,a3']);
  expect(idsOf([])).toEqual([]);
});

test('an answer whose question is not there any more is no beginning', () => {
  expect(idsOf(thread.slice(1))).toEqual(['q2,a2', 'q3,a3']);
});

test('what the summary holds is not told again; what it held before all of this is no matter', () => {
  expect(idsOf(thread, 'a2')).toEqual(['q3,a3']);
  expect(idsOf(thread, 'long_gone')).toEqual(['q1,a1', 'q2,a2', 'q3,a3']);
});
