/** Traces on their way to a collector over HTTP, and what it costs shoppers when there is none. */
import { context, diag, propagation, trace } from '@opentelemetry/api';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { tellTraceTrouble } from '../../proxy/trace-trouble.ts';
import { answer, toolCall } from '../fakes/fake-openai.ts';
import { otlpExporter, startCollector, type OtlpSpan } from '../fakes/otlp.ts';
import { message, serveProxy } from './http/served.ts';

afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
  diag.disable();
});

/** As docs/operations.md has it, with an exporter that hands on each span as soon as it ends. */
function handOnTo(url: string): { flush: () => Promise<void> } {
  const end = new AbortController();
  const exporter = otlpExporter(url, end.signal);
  const processor = new BatchSpanProcessor(exporter, { maxExportBatchSize: 1, scheduledDelayMillis: 60_000 });
  new NodeTracerProvider({ spanProcessors: [processor] }).register();
  onTestFinished(async () => {
    end.abort();
    // What nobody has taken is lost.
    await processor.shutdown().catch(() => undefined);
  });
  return { flush: () => processor.forceFlush() };
}

async function collect(options = {}) {
  const collector = await startCollector(options);
  onTestFinished(() => collector.stop());
  return collector;
}

/** A turn that searches and answers. */
async function ask() {
  const { api, session } = await serveProxy([
    toolCall('search_products', { query: 'beds', synonyms: [], category: null, options: [] }),
    answer('Two beds.'),
  ]);
  const { token } = await session();
  const { body } = await api('POST', '/api/chat', { token, json: message('A bed?') });
  expect(body).toMatchObject({ message: 'Two beds.' });
  return body;
}

function attributesOf({ attributes }: OtlpSpan): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}

test('a turn arrives at a collector as one trace, each of its spans with its shop and turn', async () => {
  const collector = await collect();
  const { flush } = handOnTo(collector.url);
  const said = await ask();
  await flush();
  await vi.waitFor(() => expect(collector.spans.map(({ name }) => name)).toContain('POST /api/chat'));
  const turn = collector.spans.find(({ name }) => name === 'turn')!;
  const of = collector.spans.filter(({ traceId }) => traceId === turn.traceId);
  expect(of.map(({ name }) => name).toSorted()).toEqual([
    'POST /api/chat',
    'model answer',
    'model answer',
    'tool search_products',
    'turn',
  ]);
  const turnId = attributesOf(turn)['shopclerk.turn'];
  expect(turnId).toMatch(/^trn_/);
  expect(attributesOf(turn)['shopclerk.thread']).toBe(said['thread_id']);
  for (const span of of.filter(({ name }) => name !== 'POST /api/chat'))
    expect(attributesOf(span)).toMatchObject({ 'shopclerk.shop': 'pets', 'shopclerk.turn': turnId });
  for (const span of of.filter(({ name }) => /^(?:model|tool)/.test(name))) expect(span.parentSpanId).toBe(turn.spanId);
});

test('an answer does not wait for a collector that does not answer', async () => {
  const collector = await collect({ answers: false });
  handOnTo(collector.url);
  await ask();
  // Spans were handed on before the answer was there, and nobody has taken them yet.
  await vi.waitFor(() => expect(collector.held.size).toBeGreaterThan(0));
  await ask();
  expect([...collector.held].every(({ writableEnded }) => !writableEnded)).toBe(true);
});

test('a collector that is down costs an answer nothing, and is said once an hour', async () => {
  const collector = await collect();
  await collector.stop();
  collector.stop = async () => undefined;
  let at = 0;
  const lines: [object, string][] = [];
  const { flush } = handOnTo(collector.url);
  tellTraceTrouble({ log: { warn: (...line) => void lines.push(line) }, now: () => at });
  await ask();
  await flush().catch(() => undefined);
  await vi.waitFor(() => expect(lines).toHaveLength(1));
  expect(lines[0]).toEqual([
    { problem: `No collector at ${collector.url}.`, unsaid: 0 },
    'traces are not handed on; answers go on without them',
  ]);
  await ask();
  await flush().catch(() => undefined);
  expect(lines).toHaveLength(1);
  at = 60 * 60_000;
  await ask();
  await vi.waitFor(() => expect(lines).toHaveLength(2));
  expect(lines[1]![0]).toMatchObject({ unsaid: expect.any(Number) });
});
