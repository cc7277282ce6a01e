import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Agent, type Dispatcher, request as send } from 'undici';
import { createGuard, type GuardOptions } from './guard.ts';
import { addressOf, OutboundError } from './outbound-error.ts';
import { redirectOf } from './redirect.ts';
import type { Guard, Outbound, OutboundRequest } from './types.ts';

export interface OutboundOptions extends GuardOptions {
  /** Of Shop Clerk, for the user agent. */
  version: string;
}

const MAX_REDIRECTS = 5;
const DECODERS = { gzip: createGunzip, br: createBrotliDecompress };

/**
 * GET over connections that the guard has checked. Nothing is taken from the environment: a proxy named there would
 * resolve names itself, unchecked. No cookies, no HTTP/2 (one more protocol for a hostile server to play with).
 */
export function createOutbound({ version, ...guardOptions }: OutboundOptions): Outbound {
  const guard = createGuard(guardOptions);
  const userAgent = `shop-clerk/${version}`;

  return {
    async get(url, request) {
      if (!URL.canParse(url))
        throw new OutboundError('url_refused', 'This is no URL: write https://, a host and a path.');
      const target = new URL(url);
      request.signal.throwIfAborted();
      const timeout = AbortSignal.timeout(request.timeoutMs);
      const stop = new AbortController();
      const signal = AbortSignal.any([request.signal, timeout, stop.signal]);
      // While it looks up a name or connects, undici would not notice.
      const aborted = new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
      const dispatcher = createAgent(guard, request.timeoutMs);
      try {
        const answer = follow(target, { ...request, signal }, { guard, dispatcher, userAgent });
        return await Promise.race([answer, aborted]);
      } catch (error) {
        request.signal.throwIfAborted();
        if (timeout.aborted) {
          const message = `${addressOf(target)} took longer than ${request.timeoutMs} ms.`;
          throw new OutboundError('timed_out', message, { cause: error });
        }
        throw failure(error, target);
      } finally {
        // Ends what is left: a body nobody wants, a connection that was still being made.
        stop.abort();
        await dispatcher.destroy();
      }
    },
  };
}

interface Line {
  guard: Guard;
  dispatcher: Dispatcher;
  userAgent: string;
}

/** One for each request, so that nothing stays open and nothing is shared. */
function createAgent({ lookup }: Guard, timeoutMs: number): Agent {
  return new Agent({ allowH2: false, connect: { lookup, timeout: timeoutMs } });
}

async function follow(url: URL, request: OutboundRequest, line: Line): ReturnType<Outbound['get']> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    line.guard.check(at);
    const { statusCode: status, headers, body } = await ask(at, request, at.origin === url.origin, line);
    const next = redirectOf(at, status, headers.location);
    if (next === undefined) {
      const encoding = headers['content-encoding'] ?? 'identity';
      return { status, headers, body: await read(body, { ...request, encoding, at }), url: at.href };
    }
    at = next;
  }
  throw new OutboundError('redirect_refused', `${addressOf(url)} redirects more than ${MAX_REDIRECTS} times.`);
}

function ask(at: URL, request: OutboundRequest, own: boolean, line: Line): Promise<Dispatcher.ResponseData> {
  const { signal, accept = '*/*', headers } = request;
  return send(at, {
    dispatcher: line.dispatcher,
    signal,
    headers: {
      ...(own && headers),
      accept,
      'accept-encoding': Object.keys(DECODERS).join(', '),
      'user-agent': line.userAgent,
    },
  });
}

interface Reading {
  signal: AbortSignal;
  maxBytes: number;
  encoding: string | string[];
  at: URL;
}

async function read(
  body: Dispatcher.ResponseData['body'],
  { signal, maxBytes, encoding, at }: Reading,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  async function collect(source: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) throw new OutboundError('too_large', `${addressOf(at)} is larger than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
  }
  if (encoding === 'identity') await pipeline(body, collect, { signal });
  else if (encoding === 'gzip' || encoding === 'br') await pipeline(body, DECODERS[encoding](), collect, { signal });
  else
    throw new OutboundError('failed', `${addressOf(at)} is compressed in a way nobody asked for: ${String(encoding)}.`);
  return Buffer.concat(chunks);
}

function failure(error: unknown, url: URL): OutboundError {
  if (error instanceof OutboundError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  // When a name has several addresses, the error of all of them has a code and no message.
  return new OutboundError('failed', `${addressOf(url)} can't be read: ${message || code}`, { cause: error });
}
