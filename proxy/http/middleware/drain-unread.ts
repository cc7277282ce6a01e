import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from '../env.ts';

/** More than the largest upload that is taken, so that who sends a little more is told why it is refused. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_MS = 5_000;
/** How long who goes on sending may still read why it was refused. */
const LINGER_MS = 2_000;

/**
 * Throws away what a refused request still sends, before it is answered. Left unread it stays in the connection, where the
 * next request gets no answer: a web server before us shares its connections, and that request may be somebody else's. Hung
 * up on while it sends, a client may never see why. What is longer than this is hung up on, and told so.
 *
 * `@hono/node-server` drains after the answer, but whoever has looked at `request.body` has set a reader on it that stops
 * the flow again (2.1.8).
 */
export function drainUnread({ maxBytes = MAX_BYTES, maxMs = MAX_MS } = {}) {
  return createMiddleware<HttpEnv>(async function drainUnread(c, next) {
    await next();
    const { incoming } = c.env;
    const announces =
      c.req.header('transfer-encoding') !== undefined || Number(c.req.header('content-length') ?? 0) > 0;
    if (!announces || incoming.complete || incoming.destroyed) return;
    if (await drain(incoming, { maxBytes, maxMs })) return;
    c.header('Connection', 'close');
    closeLingering(incoming.socket);
  });
}

/** @returns whether it came to its end within these bounds */
function drain(incoming: IncomingMessage, { maxBytes, maxMs }: { maxBytes: number; maxMs: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let bytes = 0;
  const timer = setTimeout(() => resolve(false), maxMs);
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) resolve(false);
  };
  const onEnd = () => resolve(true);
  const onGone = () => resolve(false);
  incoming.removeAllListeners('data');
  incoming.on('data', onData).once('end', onEnd).once('close', onGone).once('error', onGone).resume();
  return promise.finally(() => {
    clearTimeout(timer);
    incoming.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
  });
}

/**
 * Makes Node's own close after the answer end our half only, and go on throwing away for a while what still comes: a
 * connection that is closed over unread bytes is reset, and the reset overtakes the answer.
 */
function closeLingering(socket: Socket): void {
  socket.destroySoon = () => {
    socket.end();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  };
}
