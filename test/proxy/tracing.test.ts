import { context, propagation, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterEach, expect, test } from 'vitest';
import type { TurnRow } from '../../proxy/storage/types.ts';
import { createTurnTraces, traceRequest } from '../../proxy/tracing.ts';
import { answer, toolCall } from '../fakes/fake-openai.ts';
import { message, serveProxy } from './http/served.ts';

afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
});

function record(): InMemorySpanExporter {
  const exporter = new InMemorySpanExporter();
  new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register();
  return exporter;
}

test('with an SDK a turn is one trace: the request, the turn, its calls and tools, and not a word of anybody', async () => {
  const exporter = record();
  const { api, session, url } = await serveProxy([
    toolCall('search_products', { query: 'secret wish' }),
    answer('Two secret beds.'),
  ]);
  const { token } = await session();
  await api('POST', '/api/chat', { token, json: message('A secret question?') });
  await fetch(`${url}/api/threads`, { headers: { authorization: `Bearer ${token}`, traceparent: FOREIGN } });

  const spans = exporter.getFinishedSpans();
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [request] = named('POST /api/chat');
  const [turn] = named('turn');
  expect(turn!.parentSpanContext?.spanId).toBe(request!.spanContext().spanId);
  expect(turn!.attributes).toMatchObject({ 'shopclerk.shop': 'pets', 'shopclerk.finish': 'stop' });
  expect(request!.attributes).toMatchObject({ 'http.route': '/api/chat', 'http.response.status_code': 200 });
  expect(named('model answer')).toHaveLength(2);
  const children = [...named('model answer'), ...named('tool search_products')];
  expect(children).toHaveLength(3);
  for (const span of children) {
    expect(span.parentSpanContext?.spanId).toBe(turn!.spanContext().spanId);
    expect(span.spanContext().traceId).toBe(request!.spanContext().traceId);
    expect(span.attributes['shopclerk.turn']).toBe(turn!.attributes['shopclerk.turn']);
  }
  expect(named('GET /api/threads')[0]!.spanContext().traceId).not.toBe(FOREIGN.split('-')[1]);
  const told = JSON.stringify(
    spans.map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );
  expect(told).not.toMatch(/secret|vis_|Bearer|\?/);
});

test('what a model makes up is the name of no span', async () => {
  const exporter = record();
  const { api, session } = await serveProxy([toolCall('what_she_said', {}), answer('Sorry.')]);
  const { token } = await session();
  await api('POST', '/api/chat', { token, json: message('Hello?') });
  expect(exporter.getFinishedSpans().map(({ name }) => name)).toContain('tool unknown');
  expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain(
    'what_she_said',
  );
});

test('without an SDK nothing is recorded and nothing is kept', async () => {
  const request = traceRequest('GET', 'req_1');
  expect(await request.run(async () => 7)).toBe(7);
  request.end('/', 200);
  const traces = createTurnTraces();
  traces.began({ ...TURN, id: 'trn_1' });
  traces.ended({ ...TURN, id: 'trn_1' }, { finish: 'stop', durationMs: 5, firstMs: 1 });
  // One that comes later finds no turn of before.
  const exporter = record();
  traces.ended({ ...TURN, id: 'trn_1' }, { finish: 'stop', durationMs: 5, firstMs: 1 });
  expect(exporter.getFinishedSpans()).toEqual([]);
});

const FOREIGN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TURN: TurnRow = {
  id: 'trn_1',
  threadId: 'thr_1',
  shop: 'pets',
  visitorId: 'vis_1',
  address: 'a',
  userMessageId: 'msg_1',
  assistantMessageId: 'msg_2',
  clientMessageId: 'message-1',
  locale: 'en',
  own: false,
  status: 'running',
  attempts: 1,
  startedAt: 0,
  endedAt: null,
};
