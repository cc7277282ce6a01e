import { readFileSync } from 'node:fs';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom, integer } from '../../faults/random.ts';
import { SseReader } from '../../../widget/transport/sse.ts';
import type { SseMessage } from '../../../widget/transport/sse.ts';

interface SseCase {
  id: string;
  chunks_b64: string[];
  expect: { events: SseMessage[]; lastEventId: string; retry: number | null };
}

const fixture = new URL('../../fixtures/sse-cases.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(fixture, 'utf8')) as { cases: SseCase[] };

function* slices(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Pieces of 1 to 7 bytes, now and then an empty one; a seed makes the same ones again. */
function* randomly(bytes: Uint8Array, seed: number): Generator<Uint8Array> {
  const random = createRandom(seed);
  for (let at = 0; at < bytes.length;) {
    const size = integer(random, 0, 7);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

describe.each(cases)('$id', ({ chunks_b64, expect: expected }) => {
  const given = chunks_b64.map((chunk) => Buffer.from(chunk, 'base64'));
  const whole = Buffer.concat(given);

  test.each<[string, Uint8Array[]]>([
    ['as given', given],
    ['whole', [whole]],
    ['in bytes', [...slices(whole, 1)]],
    ['in pairs of bytes', [...slices(whole, 2)]],
    ['in threes', [...slices(whole, 3)]],
    ...[1, 2, 3, 4, 5].map((seed): [string, Uint8Array[]] => [`by chance, seed ${seed}`, [...randomly(whole, seed)]]),
  ])('%s', (_, chunks) => {
    const reader = new SseReader();
    const events = chunks.flatMap((chunk) => reader.push(chunk));
    expect({
      events: events.map(({ type, data, lastEventId }) => ({ type, data, lastEventId })),
      lastEventId: reader.lastEventId,
      retry: reader.retryMs,
    }).toEqual({ events: expected.events, lastEventId: expected.lastEventId, retry: expected.retry });
  });
});

test('a message that outgrows the buffer is refused, however it is cut', () => {
  const reader = new SseReader({ maxBufferSize: 1000 });
  const push = (text: string) => reader.push(new TextEncoder().encode(text));
  expect(push(`data: ${'x'.repeat(900)}\n\n`)).toHaveLength(1);
  expect(() => {
    for (let sent = 0; sent <= 1000; sent += 100) push(sent === 0 ? 'data: ' : 'x'.repeat(100));
  }).toThrow(/too long/);
});

test('reads any stream, cut anywhere, as eventsource-parser does', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '',
      'data',
      'data:',
      'data: {"a":"é🐕"}',
      'data:x',
      'event: ping',
      'event',
      ': note',
      'id: 1',
      'id',
      'retry: 5',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 });
  fc.assert(
    fc.property(stream, fc.array(fc.nat(40), { maxLength: 20 }), (lines, cuts) => {
      const text = lines.map(([content, eol]) => content.replace(/[\r\n\uFEFF]/g, '') + eol).join('') + '\n\n';
      const expected: [string, string][] = [];
      createParser({ onEvent: ({ event = 'message', data }) => expected.push([event, data]) }).feed(text);

      const bytes = Buffer.from(text);
      const reader = new SseReader();
      const found: SseMessage[] = [];
      let from = 0;
      for (const length of cuts) found.push(...reader.push(bytes.subarray(from, (from += length))));
      found.push(...reader.push(bytes.subarray(from)));
      expect(found.map(({ type, data }) => [type, data])).toEqual(expected);
    }),
  );
});
