import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { ChatError } from '../../errors.ts';
import type { HttpEnv } from '../env.ts';
import { STREAM_HEADERS } from '../sse.ts';

const EVENTS = 6;
const EVERY_MS = 100;
/** It costs no token, but a socket for half a second. */
const MAX_AT_ONCE = 20;

/**
 * Half a second of events that say when they were sent, so that who reads them sees whether anything on the way holds streams
 * back. It is asked for as answers are, with the same headers. @throws ChatError `overloaded`
 */
export function createTestStream({ now = Date.now }: { now?: () => number } = {}) {
  let open = 0;

  async function send(outgoing: HttpEnv['Bindings']['outgoing']): Promise<void> {
    try {
      for (let n = 1; n <= EVENTS && !outgoing.destroyed; n++) {
        if (n > 1) await sleep(EVERY_MS);
        outgoing.write(`data: {"n":${n},"at":${now()}}\n\n`);
      }
      outgoing.end();
    } finally {
      open--;
    }
  }

  return function testStream(c: Context<HttpEnv>): Response {
    if (open >= MAX_AT_ONCE) throw new ChatError('overloaded', 'Too many look at once.', { retryAfterMs: 1_000 });
    open++;
    const { outgoing } = c.env;
    outgoing.on('error', () => undefined);
    outgoing.writeHead(200, { ...Object.fromEntries(c.body(null).headers), ...STREAM_HEADERS });
    outgoing.flushHeaders();
    void send(outgoing);
    return RESPONSE_ALREADY_SENT;
  };
}
