import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Agent, type Dispatcher, request as send } from 'undici';
import { createGuard, type GuardOptions } from './guard.ts';
import { addressOf, OutboundError } from './outbound-error.ts';
import { redirectOf } from './redirect.ts';
import type { Guard, Outbound, OutboundRequest, OutboundResponse } from './types.ts';

export interface OutboundOptions extends GuardOptions {
  /** Of Shop Clerk, for the user agent. */
  version: string;
}

const MAX_REDIRECTS = 5;
const MAX_BYTES = 64 * 2 ** 20;
const TIMEOUT_MS = 60_000;
const DECODERS = { gzip: createGunzip, br: createBrotliDecompress };

/**
 * Asks over connections that the guard has checked. Nothing is taken from the environment: a proxy named there would
 * resolve names itself, unchecked. No cookies, no HTTP/2 (one more protocol for a hostile server to play with).
 */
export function createOutbound({ version, ...guardOptions }: OutboundOptions): Outbound {
  const guard = createGuard(guardOptions);
  const userAgent = `shop-clerk/${version}`;
  return {
    async request(url, request) {
      if (!URL.canParse(url))
        throw new OutboundError('url_refused', 'This is no URL: write https://, a host and a path.');
      request.signal.throwIfAborted();
      const line = openLine(new URL(url), request, guard, userAgent);
      try {
        return await Promise.race([follow(line), line.aborted]);
      } catch (error) {
        throw await line.fail(error);
      }
    },
  };
}

/** One for each request, so that nothing stays open and nothing is shared. */
interface Line {
  url: URL;
  request: OutboundRequest;
  guard: Guard;
  dispatcher: Dispatcher;
  userAgent: string;
  signal: AbortSignal;
  /** Rejects when the time is up or nobody waits any more: undici would not notice while it looks up a name or connects. */
  aborted: Promise<never>;
  /** Ends what is left: a body nobody wants, a connection that was still being made. */
  close(): Promise<void>;
  /** Closes, and says what the error was. */
  fail(error: unknown): Promise<unknown>;
}

function openLine(url: URL, request: OutboundRequest, guard: Guard, userAgent: string): Line {
  const { timeoutMs = TIMEOUT_MS } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const stop = new AbortController();
  const signal = AbortSignal.any([request.signal, timeout, stop.signal]);
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  const dispatcher = new Agent({ allowH2: false, connect: { lookup: guard.lookup, timeout: timeoutMs } });
  // Also for an answer whose body nobody reads. And nobody may be waiting any more: closing aborts, too.
  aborted.catch(() => dispatcher.destroy());
  async function close(): Promise<void> {
    stop.abort();
    await dispatcher.destroy();
  }
  return {
    url,
    request,
    guard,
    dispatcher,
    userAgent,
    signal,
    aborted,
    close,
    async fail(error) {
      const timedOut = timeout.aborted;
      await close();
      if (request.signal.aborted) return request.signal.reason;
      if (!timedOut) return failure(error, url);
      return new OutboundError('timed_out', `${addressOf(url)} took longer than ${timeoutMs} ms.`, { cause: error });
    },
  };
}

async function follow(line: Line): Promise<OutboundResponse> {
  const { url, request } = line;
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    line.guard.check(at);
    const { statusCode: status, headers, body } = await ask(at, line);
    const next = redirectOf(at, status, headers.location);
    if (next === undefined) return answerOf(line, at, { status, headers, body });
    if (request.method === 'POST')
      throw new OutboundError('redirect_refused', `${addressOf(url)} redirects what was sent to it.`);
    at = next;
  }
  throw new OutboundError('redirect_refused', `${addressOf(url)} redirects more than ${MAX_REDIRECTS} times.`);
}

function ask(at: URL, { url, request, dispatcher, signal, userAgent }: Line): Promise<Dispatcher.ResponseData> {
  const { method = 'GET', headers, body } = request;
  return send(at, {
    dispatcher,
    method,
    signal,
    ...(body !== undefined && { body }),
    headers: {
      accept: '*/*',
      ...(at.origin === url.origin && headers),
      'accept-encoding': Object.keys(DECODERS).join(', '),
      'user-agent': userAgent,
    },
  });
}

interface Head {
  status: number;
  headers: Dispatcher.ResponseData['headers'];
  body: Readable;
}

function answerOf(line: Line, at: URL, { status, headers, body }: Head): OutboundResponse {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== 'br')
    throw new OutboundError('failed', `${addressOf(at)} is compressed in a way nobody asked for: ${String(encoding)}.`);
  // What ends either of them is thrown to who reads.
  const plain = encoding === 'identity' ? body : pipeline(body, DECODERS[encoding](), () => undefined);
  const chunks = read(line, at, plain);
  return {
    status,
    headers: new Headers(
      Object.entries(headers).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      ),
    ),
    url: at.href,
    body: chunks,
    async text() {
      const parts: Buffer[] = [];
      for await (const chunk of chunks) parts.push(chunk);
      return Buffer.concat(parts).toString();
    },
  };
}

async function* read(line: Line, at: URL, body: Readable): AsyncGenerator<Buffer> {
  const { maxBytes = MAX_BYTES } = line.request;
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) throw new OutboundError('too_large', `${addressOf(at)} is larger than ${maxBytes} bytes.`);
      yield chunk;
    }
  } catch (error) {
    throw await line.fail(error);
  } finally {
    await line.close();
  }
}

function failure(error: unknown, url: URL): OutboundError {
  if (error instanceof OutboundError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  // When a name has several addresses, the error of all of them has a code and no message.
  return new OutboundError('failed', `${addressOf(url)} can't be read: ${message || code}`, { cause: error });
}
