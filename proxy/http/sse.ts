import { once } from 'node:events';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { TurnLog } from '../chat/turn-log.ts';
import { encodeUnnumbered, PING } from '../protocol/index.ts';
import type { HttpEnv } from './env.ts';

/** Well under the minute or two after which proxies on the way cut a quiet line. */
const PING_EVERY_MS = 15_000;

const PING_FRAME = `event: ${PING}\ndata: {}\n\n`;

export const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // `no-transform` and X-Accel-Buffering keep compressing and buffering proxies from holding the stream back.
  'Cache-Control': 'no-cache, no-transform',
  'X-Accel-Buffering': 'no',
};

// Of a file that is loaded when a server is there already, this is the adapter's own light kind of response, which it would
// answer with once more. Read, it is a plain one, and known as sent. Can go when @hono/node-server looks at its header first.
void RESPONSE_ALREADY_SENT.body;

/** How long a reader may take nothing of what waits for it, in milliseconds: it is gone, or holds us up on purpose. */
const STALL_MS = 60_000;

export interface StreamOptions {
  /** Number of the last event that the reader has seen. */
  after?: number;
  stallMs?: number;
}

/**
 * Follows a turn from the event after number `after` to its end. Frames go straight to Node's response: through web
 * streams each would cost about twice as much (docs/performance.md). A closed socket ends the following, not the turn.
 */
export function streamTurn(
  c: Context<HttpEnv>,
  log: TurnLog,
  { after = 0, stallMs = STALL_MS }: StreamOptions = {},
): Response {
  const { outgoing } = c.env;
  // What the middleware prepared. Not from `c.res`: Hono would then copy the answer below, and Node's adapter not know it.
  outgoing.writeHead(200, { ...Object.fromEntries(c.body(null).headers), ...STREAM_HEADERS });
  outgoing.flushHeaders();
  void follow(outgoing, log, after, stallMs);
  return RESPONSE_ALREADY_SENT;
}

/** Tells a reader whose events are gone to load the thread, and ends. */
export function streamGap(c: Context<HttpEnv>, threadId: string): Response {
  return c.body(encodeUnnumbered({ type: 'gap', thread_id: threadId }), 200, STREAM_HEADERS);
}

/** Who can't read a stream asks for JSON, and for nothing else. */
export function wantsJson(c: Context): boolean {
  return c.req.header('accept')?.split(',')[0]?.trim().startsWith('application/json') ?? false;
}

async function follow(
  outgoing: HttpEnv['Bindings']['outgoing'],
  log: TurnLog,
  after: number,
  stallMs: number,
): Promise<void> {
  const gone = new AbortController();
  outgoing.on('close', () => gone.abort());
  // A write that fails means that the socket is going; 'close' follows.
  outgoing.on('error', () => gone.abort());
  if (outgoing.destroyed) gone.abort();
  // Nothing is added to what a slow reader has not taken yet.
  const ping = setInterval(() => outgoing.writableNeedDrain || outgoing.write(PING_FRAME), PING_EVERY_MS);
  try {
    for await (const batch of log.follow(after, gone.signal)) {
      let frames = '';
      for (const { frame } of batch) frames += frame;
      ping.refresh();
      // A slow reader waits here, holding one batch; the log keeps the rest for it.
      if (!outgoing.write(frames)) await drained(outgoing, gone.signal, stallMs);
    }
  } finally {
    clearInterval(ping);
    outgoing.end();
  }
}

/** Until the reader has taken what was written; one that takes nothing for `stallMs` is cut off. The turn goes on. */
async function drained(outgoing: HttpEnv['Bindings']['outgoing'], gone: AbortSignal, stallMs: number): Promise<void> {
  const stalled = setTimeout(() => outgoing.destroy(), stallMs);
  await once(outgoing, 'drain', { signal: gone }).catch(() => undefined);
  clearTimeout(stalled);
}
