import { expect, test } from 'vitest';
import type { ChatResponse, Thread, ThreadExport } from '../../../proxy/protocol/index.ts';
import { fakeKnowledge, passage } from '../../fakes/fake-knowledge.ts';
import { answer, toolCall } from '../../fakes/fake-openai.ts';
import { message, serveProxy } from './served.ts';

const knowledge = fakeKnowledge(passage(7, 'You may return goods within 30 days.', { title: 'Returns' }));
const CITATION = { number: 1, title: 'Returns', quote: 'You may return goods within 30 days.' };
const pets = { tools: ['search_documents'] };

test('an answer that cites comes with its sources: whole, in its thread and in exports', async () => {
  const search = toolCall('search_documents', { query: 'return', synonyms: [], limit: 3 });
  const { api, session } = await serveProxy([search, answer('Within 30 days [[doc:1]].')], { knowledge, pets });
  const { token } = await session();
  const { body } = await api<ChatResponse>('POST', '/api/chat', { token, json: message('Returns?') });
  expect(body).toMatchObject({ message: 'Within 30 days[^1].', citations: [CITATION], finish: 'stop' });

  const parts = [
    { type: 'citations', data: [CITATION] },
    { type: 'text', content: 'Within 30 days[^1].' },
  ];
  const thread = await api<Thread>('GET', `/api/threads/${body.thread_id}`, { token });
  expect(thread.body.messages.at(-1)).toMatchObject({ role: 'assistant', parts });
  const exported = await api<ThreadExport>('GET', `/api/threads/${body.thread_id}/export`, { token });
  expect(exported.body.thread.messages.at(-1)).toMatchObject({ parts });
});
