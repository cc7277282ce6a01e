import { readFileSync } from 'node:fs';
import path from 'node:path';
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

  test('every figure that the dashboard and the alerts ask for is there after a turn', async () => {
    const { api, session } = await serveProxy([answer('Two beds.')], { adminToken });
    const { token } = await session();
    const json = { message: 'Which beds are there?', thread_id: null, client_message_id: 'metrics-test-3' };
    await api('POST', '/api/chat', { token, json });
    const { body } = await api<string>('GET', '/metrics', { headers });
    const there = new Set(
      [...body.matchAll(/^# TYPE (\S+) (\S+)/gm)].flatMap(([, name, type]) => familyOf(name!, type!)),
    );
    const ops = path.resolve(import.meta.dirname, '../../../ops');
    for (const file of ['grafana.json', 'alerts.yml']) {
      const named = readFileSync(path.join(ops, file), 'utf8').match(/\b(shopclerk|process)_[a-z_]+/g) ?? [];
      expect(named.length, file).toBeGreaterThan(10);
      expect(
        [...new Set(named)].filter((name) => !there.has(name)),
        file,
      ).toEqual([]);
    }
  });

  test('names requests by the route that answered, and what is no route by none', async () => {
    const { api, session } = await serveProxy([], { adminToken });
    await session();
    for (const path of ['/api/shops/pets', '/api/health', '/api/admin/shops', '/api/threads', '/api/not-there']) {
      await api('GET', path, path.includes('admin') ? { headers } : {});
    }
    const { body } = await api<string>('GET', '/metrics', { headers });
    const routes = body.matchAll(/^shopclerk_request_duration_seconds_count\{method="\w+",route="([^"]*)"/gm);
    expect(new Set([...routes].map(([, route]) => route))).toEqual(
      new Set(['/api/admin/shops', '/api/health', '/api/session', '/api/shops/:slug', '/api/threads', 'none']),
    );
  });

  test('measures the turn, its call, its cost and the request, once each', async () => {
    let time = Date.UTC(2026, 10, 21);
    const { api, session } = await serveProxy([answer('Two beds.')], { adminToken, now: () => (time += 5) });
    const { token } = await session();
    const json = { message: 'Which beds are there?', thread_id: null, client_message_id: 'metrics-test-4' };
    const { body: answered } = await api('POST', '/api/chat', { token, json });
    expect((await api('GET', `/api/threads/${String(answered['thread_id'])}`, { token })).status).toBe(200);
    expect((await api('POST', '/api/chat', { token, json: { ...json, message: '' } })).status).toBe(400);
    expect((await api('GET', '/nobody/knows/this')).status).toBe(404);
    const { body } = await api<string>('GET', '/metrics', { headers });
    for (const line of [
      'shopclerk_turns_total{shop="pets",finish="stop"} 1',
      'shopclerk_turn_duration_seconds_count{finish="stop"} 1',
      'shopclerk_turn_first_token_seconds_count 1',
      'shopclerk_model_call_duration_seconds_count{model="test-model",purpose="answer",outcome="ok"} 1',
      'shopclerk_requests_refused_total{code="message_empty"} 1',
      'shopclerk_request_duration_seconds_count{method="GET",route="/api/threads/:id",status="2xx"} 1',
      'shopclerk_catalogue_products{shop="pets"} 3',
      'shopclerk_catalogue_stale{shop="books"} 0',
      'shopclerk_documents{shop="pets",status="failed"} 0',
      'shopclerk_streams_open 0',
      'shopclerk_disk_free_bytes 900000000000',
    ]) {
      expect(body.split('\n')).toContain(line);
    }
    expect(body).toMatch(/^shopclerk_model_tokens_total\{shop="pets",model="test-model",kind="input"\} [1-9]/m);
    expect(body).toMatch(/^shopclerk_model_cost_usd_total\{shop="pets",model="test-model"\} 0?\.?\d/m);
    expect(body).toMatch(/^shopclerk_event_loop_delay_seconds\{quantile="0.99"\} \d/m);
    // No label is what somebody sent, or who they are.
    expect(body.replaceAll(/^#.*$/gm, '')).not.toMatch(/nobody|thr_|trn_|vis_|beds|metrics-test/);
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

/** The names under which a metric's samples can be asked for. */
function familyOf(name: string, type: string): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name];
}
