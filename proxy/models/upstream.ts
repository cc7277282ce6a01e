import http from 'node:http';
import https from 'node:https';
import type { Guard } from '../outbound/types.ts';

/** Bytes of an error's body that are worth reading. */
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * `fetch` for the openai SDK over keep-alive node:http sockets. A web stream between the socket and us would cost more
 * than all the rest of the way, so an event stream is handed over as the Node stream that it is, in `incoming`. Anything
 * else (errors, the HTML page of a relay) is read up to 64 kB and becomes an ordinary `Response`.
 */
export class UpstreamResponse extends Response {
  readonly incoming: http.IncomingMessage | null;

  constructor(incoming: http.IncomingMessage, body: string | null) {
    super(body, { status: incoming.statusCode ?? 0, headers: singleHeaders(incoming) });
    this.incoming = body === null ? incoming : null;
  }
}

export type Fetch = (url: string | URL | Request, init?: RequestInit) => Promise<Response>;

export interface UpstreamOptions {
  /** Where the address is not of the proxy's owner: keeps it out of private networks. */
  guard?: Guard;
  /** What is read of anything but an event stream. */
  maxBytes?: number;
}

export function createUpstream({ guard, maxBytes = MAX_ERROR_BYTES }: UpstreamOptions = {}): Fetch {
  const options = { keepAlive: true, scheduling: 'lifo', ...(guard && { lookup: guard.lookup }) } as const;
  const agents = { http: new http.Agent(options), https: new https.Agent(options) };

  return async function upstream(url, init) {
    const target = new URL(url instanceof Request ? url.url : url);
    guard?.check(target);
    const incoming = await send(
      target,
      init?.body instanceof FormData ? await encoded(init, init.body) : (init ?? {}),
      agents,
    );
    const { statusCode = 0, headers } = incoming;
    const streams = statusCode === 200 && headers['content-type']?.startsWith('text/event-stream');
    return new UpstreamResponse(incoming, streams ? null : await readText(incoming, maxBytes, init?.signal));
  };
}

/** node:http knows no forms. A file to be sent lies in memory anyway. */
async function encoded(init: RequestInit, form: FormData): Promise<RequestInit> {
  const whole = new Response(form);
  const headers = new Headers(init.headers);
  headers.set('content-type', whole.headers.get('content-type')!);
  return { ...init, headers, body: new Uint8Array(await whole.arrayBuffer()) };
}

interface Agents {
  http: http.Agent;
  https: https.Agent;
}

function send(url: URL, init: RequestInit, agents: Agents): Promise<http.IncomingMessage> {
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(url, {
      agent: secure ? agents.https : agents.http,
      method: init.method ?? 'GET',
      // Compressed events would have to be decompressed one flush at a time.
      headers: { ...Object.fromEntries(new Headers(init.headers)), 'accept-encoding': 'identity' },
      ...(init.signal && { signal: init.signal }),
    });
    request.on('response', resolve);
    request.on('error', (error: NodeJS.ErrnoException) => {
      // The server closed an idle socket in the moment we took it: it has seen nothing of this request. The others in
      // the pool may be as dead; each goes with its try, so the last one is made on a new socket.
      if (request.reusedSocket && error.code === 'ECONNRESET') resolve(send(url, init, agents));
      else reject(error);
    });
    request.end(init.body);
  });
}

async function readText(
  incoming: http.IncomingMessage,
  maxBytes: number,
  signal: AbortSignal | null | undefined,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= maxBytes) break;
    }
  } catch (error) {
    // Node reports our own abort as a reset of the other side.
    signal?.throwIfAborted();
    throw error;
  }
  return Buffer.concat(chunks).toString('utf8', 0, maxBytes);
}

function singleHeaders(incoming: http.IncomingMessage): [string, string][] {
  return Object.entries(incoming.headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}
