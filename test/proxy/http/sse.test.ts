import { once } from 'node:events';
import type { Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test, vi } from 'vitest';
import { closedLog } from '../../../proxy/chat/turn-log.ts';
import type { HttpEnv } from '../../../proxy/http/env.ts';
import { streamTurn } from '../../../proxy/http/sse.ts';

/** Follows a turn for a reader that takes nothing of it. @returns Node's response */
async function unread(stallMs: number): Promise<HttpEnv['Bindings']['outgoing']> {
  // More than the sockets between us hold.
  const event = { type: 'text' as const, content: 'x'.repeat(16 * 2 ** 20) };
  const log = closedLog('trn_x', [{ seq: 1, event, frame: `data: ${JSON.stringify(event)}\n\n` }]);
  let answering!: (outgoing: HttpEnv['Bindings']['outgoing']) => void;
  const answered = new Promise<HttpEnv['Bindings']['outgoing']>((resolve) => (answering = resolve));
  const app = new Hono<HttpEnv>().get('/', (c) => {
    answering(c.env.outgoing);
    return streamTurn(c, log, { stallMs });
  });
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(started)) as Server;
  });
  onTestFinished(() => void server.close());
  const reader = net.connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  onTestFinished(() => void reader.destroy());
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return answered;
}

test('a reader that takes nothing is cut off', async () => {
  const outgoing = await unread(20);
  await once(outgoing, 'close');
  expect([outgoing.destroyed, outgoing.writableFinished]).toEqual([true, false]);
});

test('what a reader has not taken yet gets no ping on top', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const outgoing = await unread(60_000);
  while (!outgoing.writableNeedDrain) await new Promise(setImmediate);
  const waiting = outgoing.writableLength;
  vi.advanceTimersByTime(60_000);
  expect(outgoing.writableLength).toBe(waiting);
});
