import { once } from 'node:events';
import type { Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { closedLog } from '../../../proxy/chat/turn-log.ts';
import type { HttpEnv } from '../../../proxy/http/env.ts';
import { streamTurn } from '../../../proxy/http/sse.ts';

test('a reader that takes nothing is cut off', async () => {
  // More than the sockets between us hold.
  const event = { type: 'text' as const, content: 'x'.repeat(16 * 2 ** 20) };
  const log = closedLog('trn_x', [{ seq: 1, event, frame: `data: ${JSON.stringify(event)}\n\n` }]);
  let answering!: (outgoing: HttpEnv['Bindings']['outgoing']) => void;
  const answered = new Promise<HttpEnv['Bindings']['outgoing']>((resolve) => (answering = resolve));
  const app = new Hono<HttpEnv>().get('/', (c) => {
    answering(c.env.outgoing);
    return streamTurn(c, log, { stallMs: 20 });
  });
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, () => resolve(started)) as Server;
  });
  onTestFinished(() => void server.close());
  const reader = net.connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  onTestFinished(() => void reader.destroy());
  reader.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  const outgoing = await answered;
  await once(outgoing, 'close');
  expect([outgoing.destroyed, outgoing.writableFinished]).toEqual([true, false]);
});
