import { describe, expect, test } from 'vitest';
import { answer } from '../../fakes/fake-openai.ts';
import { serveProxy } from './served.ts';

const adminToken = 'an admin token that only a test may know';
const headers = { authorization: `Bearer ${adminToken}` };

describe('GET /metrics', () => {
  test('tells the circuits of the models, each in one of its states', async () => {
    const broken = { model: 'gpt-6-luna', state: 'open', since: 0, lastError: 'model_quota' } as const;
    const { api } = await serveProxy([], { adminToken, circuits: [broken] });
    const { status, headers: sent, body } = await api<string>('GET', '/metrics', { headers });
    expect(status).toBe(200);
    expect(sent.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(linesOf(body, 'shopclerk_model_circuit_state')).toEqual([
      'shopclerk_model_circuit_state{model="gpt-6-luna",state="closed"} 0',
      'shopclerk_model_circuit_state{model="gpt-6-luna",state="half-open"} 0',
      'shopclerk_model_circuit_state{model="gpt-6-luna",state="open"} 1',
    ]);
  });

  test('counts what the answer cache has saved, the same however often it is asked', async () => {
    const { api, session } = await serveProxy([answer('Two beds.')], {
      adminToken,
      pets: { answerCache: { minutes: 60 } },
    });
    for (const id of ['metrics-test-1', 'metrics-test-2']) {
      const { token } = await session();
      const json = { message: 'Which beds are there?', thread_id: null, client_message_id: id };
      expect((await api('POST', '/api/chat', { token, json })).body).toMatchObject({ message: 'Two beds.' });
    }
    await api('GET', '/metrics', { headers });
    const { body } = await api<string>('GET', '/metrics', { headers });
    expect(linesOf(body, 'shopclerk_answer_cache')).toEqual([
      'shopclerk_answer_cache_questions_total{outcome="hit"} 1',
      'shopclerk_answer_cache_questions_total{outcome="joined"} 0',
      'shopclerk_answer_cache_questions_total{outcome="miss"} 1',
      'shopclerk_answer_cache_answers 1',
      expect.stringMatching(/^shopclerk_answer_cache_bytes \d{3,}$/),
    ]);
    expect(linesOf(body, 'shopclerk_turns_active')).toEqual(['shopclerk_turns_active 0']);
  });

  test('is for the owner alone', async () => {
    const { api, session } = await serveProxy([], { adminToken });
    expect((await api('GET', '/metrics')).status).toBe(401);
    expect((await api('GET', '/metrics', { token: (await session()).token })).status).toBe(401);
    expect((await api('POST', '/metrics', { headers })).status).toBe(405);
    const without = await serveProxy([]);
    expect((await without.api('GET', '/metrics', { headers })).status).toBe(404);
  });
});

function linesOf(text: string, name: string): string[] {
  return text.split('\n').filter((line) => line.startsWith(name));
}
