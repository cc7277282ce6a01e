import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { BodyReader } from '../../../proxy/models/body-reader.ts';

/** A stream that gives only what the test pushes into it. */
function pushed(): Readable {
  return new Readable({ read() {} });
}

test('gives what has come since the last time, to the end', async () => {
  const incoming = pushed();
  const body = new BodyReader(incoming);
  incoming.push('a');
  incoming.push('b');
  expect(await body.more()).toBe(true);
  incoming.push('c');
  incoming.push(null);
  let text = '';
  while (await body.more()) text += Buffer.concat(body.take()).toString();
  expect(text).toBe('abc');
});

test('leaves in the socket what its reader has no time for', async () => {
  const incoming = pushed();
  const body = new BodyReader(incoming);
  for (let chunks = 1; chunks <= 100; chunks++) incoming.push('x');
  incoming.push(null);
  await setImmediate();
  expect(incoming.readableLength).toBeGreaterThan(50);

  let bytes = 0;
  while (await body.more()) for (const chunk of body.take()) bytes += chunk.length;
  expect(bytes).toBe(100);
});

test('gives what came before the line was cut, then the error', async () => {
  const incoming = pushed();
  const body = new BodyReader(incoming);
  incoming.push('a');
  await setImmediate();
  incoming.destroy(new Error('cut'));
  await setImmediate();
  expect(await body.more()).toBe(true);
  body.take();
  await expect(body.more()).rejects.toThrow('cut');
});

test("doesn't wait for a stream that was closed without a word", async () => {
  const incoming = pushed();
  const body = new BodyReader(incoming);
  incoming.destroy();
  await expect(body.more()).rejects.toThrow('closed');
});

test('reads a released stream to its end, so that its socket can be used again', async () => {
  const incoming = pushed();
  const body = new BodyReader(incoming);
  for (let chunks = 1; chunks <= 100; chunks++) incoming.push('x');
  await setImmediate();
  body.release({ drain: true });
  incoming.push(null);
  await setImmediate();
  expect(incoming.readableEnded).toBe(true);
});
