import { createParser } from 'eventsource-parser';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { SseSplitter } from '../../../proxy/models/sse-splitter.ts';

type Event = [name: string, data: string];

function split(chunks: (string | Buffer)[], maxEventLength?: number): Event[] {
  const events: Event[] = [];
  const splitter = new SseSplitter({
    onEvent: (event, data) => events.push([event, data]),
    ...(maxEventLength !== undefined && { maxEventLength }),
  });
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  return events;
}

test('gives an event its name and data', () => {
  expect(split(['event: a\ndata: 1\n\ndata: 2\n\n'])).toEqual([
    ['a', '1'],
    ['', '2'],
  ]);
});

test('joins several data lines with a line feed', () => {
  expect(split(['data: a\ndata\ndata:b\n\n'])).toEqual([['', 'a\n\nb']]);
});

test.each(['\n', '\r', '\r\n'])('takes %j as the end of a line', (eol) => {
  expect(split([`event: a${eol}data: 1${eol}${eol}data: 2${eol}${eol}`])).toEqual([
    ['a', '1'],
    ['', '2'],
  ]);
});

test('takes a CRLF that is cut in two by a read as one line end', () => {
  expect(split(['data: a\r', '\ndata: b\r', '\n\r', '\n'])).toEqual([['', 'a\nb']]);
});

test('sends an event at its last CR without waiting for a LF', () => {
  expect(split(['data: a\r\r'])).toEqual([['', 'a']]);
});

test('skips comments, ids, retries and fields that only begin like data or event', () => {
  expect(split([': keepalive\nid: 7\nretry: 5\ndatabase: x\neventual: y\ndata: a\n\n'])).toEqual([['', 'a']]);
});

test('sends nothing for an event without data, and forgets its name', () => {
  expect(split(['event: a\n\ndata: b\n\n'])).toEqual([['', 'b']]);
});

test('drops what the end of the stream leaves unfinished', () => {
  expect(split(['data: a\n\ndata: b\n'])).toEqual([['', 'a']]);
});

test('drops a byte order mark at the beginning only', () => {
  expect(split(['\uFEFFdata: \uFEFFa\n\n'])).toEqual([['', '\uFEFFa']]);
});

test('puts a character together that is cut in two by a read', () => {
  const bytes = Buffer.from('data: שלום 🐕\n\n');
  const chunks = Array.from(bytes, (byte) => Buffer.from([byte]));
  expect(split(chunks)).toEqual([['', 'שלום 🐕']]);
});

test('refuses an event that is too long, in one line or in many', () => {
  expect(() => split([`data: ${'a'.repeat(100)}`], 100)).toThrow(RangeError);
  expect(() => split(['data: aaaaaaaaaaaaaaaaaaa\n'.repeat(6)], 100)).toThrow(RangeError);
  expect(split(['data: aaaaaaaaaaaaaaaaaaa\n\n'.repeat(6)], 100)).toHaveLength(6);
});

test('gives the events before one that is too long', () => {
  const events: string[] = [];
  const splitter = new SseSplitter({ onEvent: (_, data) => events.push(data), maxEventLength: 20 });
  expect(() => splitter.push(Buffer.from(`data: a\n\ndata: ${'b'.repeat(30)}`))).toThrow(RangeError);
  expect(events).toEqual(['a']);
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
      'dat',
      'datax: y',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );
  const stream = fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n', '\r')), { maxLength: 30 });
  fc.assert(
    fc.property(stream, fc.array(fc.nat(40), { maxLength: 20 }), (lines, cuts) => {
      const text = lines.map(([content, eol]) => content.replace(/[\r\n\uFEFF]/g, '') + eol).join('') + '\n\n';
      const expected: Event[] = [];
      createParser({ onEvent: ({ event, data }) => expected.push([event ?? '', data]) }).feed(text);

      const bytes = Buffer.from(text);
      const chunks: Buffer[] = [];
      let from = 0;
      for (const length of cuts) chunks.push(bytes.subarray(from, (from += length)));
      expect(split([...chunks, bytes.subarray(from)])).toEqual(expected);
    }),
  );
});
