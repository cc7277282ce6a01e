import { decodeEvent, parseEventId } from '../../proxy/protocol/index.ts';
import type {
  ChatEvent,
  ChatRequest,
  MessagePart,
  ProductsEvent,
  SessionRequest,
  SessionResponse,
  ShopSettings,
  Thread,
  ThreadSummary,
} from '../../proxy/protocol/index.ts';
import { withAbsoluteUrls } from './absolute.ts';
import { errorOf } from './error-of.ts';
import { readSse } from './sse.ts';
import { TransportError } from './types.ts';
import type { Transport } from './types.ts';

export interface HttpTransportOptions {
  /** Where the proxy is, with or without a path: `https://proxy.example`. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
  fetch?: typeof fetch;
  /** Longest silence in milliseconds. The proxy sends a ping every 15 s at most, so this is two and a half of them. */
  stallMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** A token is renewed so long before its end, in milliseconds, and never sooner after it came. */
const RENEWAL = 30_000;

export function createHttpTransport({
  baseUrl,
  shop,
  // A bare `fetch` called as a method is an "Illegal invocation".
  fetch = globalThis.fetch.bind(globalThis),
  stallMs = 40_000,
  now = Date.now,
}: HttpTransportOptions): Transport {
  const base = baseUrl.replace(/\/+$/, '');
  let token: string | null = null;
  let renewAt = 0;
  let renewal: Promise<SessionResponse> | null = null;

  /**
   * Sends, and reads what `read` wants of a 2xx answer, within `stallMs` in all. Rejects with a TransportError or with
   * the signal's reason.
   */
  async function request<T>(
    { method, path, signal, body }: { method: string; path: string; signal: AbortSignal; body?: object },
    read: (response: Response) => T | Promise<T>,
  ): Promise<T> {
    const stall = new AbortController();
    const timer = setTimeout(() => stall.abort(), stallMs);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        credentials: 'omit',
        signal: AbortSignal.any([signal, stall.signal]),
      });
      if (!response.ok) throw await errorOf(response);
      return await read(response);
    } catch (error) {
      throw asTransportError(error, signal, 'network', `${method} ${path} got no whole answer.`);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Requests that find the token too old share one renewal, so no caller's signal may end it. */
  function renew(): Promise<SessionResponse> {
    renewal ??= openSession(new AbortController().signal).finally(() => (renewal = null));
    return renewal;
  }

  async function openSession(signal: AbortSignal): Promise<SessionResponse> {
    const body: SessionRequest = { shop };
    const post = { method: 'POST', path: '/api/session', signal, body };
    const session = await request<SessionResponse>(post, readJson).catch((error: unknown) => {
      if (!isUnauthorized(error) || token === null) throw error;
      // A token that not even a renewal takes: a new visitor, then.
      token = null;
      return request<SessionResponse>(post, readJson);
    });
    token = session.token;
    // The shopper's clock may be wrong by hours: a token that looks old on arrival is used until the proxy refuses it.
    renewAt = Math.max(Date.parse(session.expires_at) - RENEWAL, now() + RENEWAL);
    return session;
  }

  /** Sends with a fresh token; once more after a 401, which is how a token that was revoked early shows. */
  async function authorized<T>(signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    if (token === null || now() >= renewAt) await renew();
    signal.throwIfAborted();
    try {
      return await send();
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
    }
    await renew();
    signal.throwIfAborted();
    return send();
  }

  function absolute(event: ProductsEvent): ProductsEvent {
    return { ...event, data: event.data.map((product) => withAbsoluteUrls(product, base)) };
  }

  return {
    get token() {
      return token;
    },

    async session(known, signal): Promise<ShopSettings> {
      token ??= known;
      return (await openSession(signal)).shop;
    },

    /**
     * `cursor` counts the events seen, which is what a resuming request would name as Last-Event-ID. It also makes a
     * replay harmless: an event that was seen is not seen again.
     */
    async *stream(message: ChatRequest, signal): AsyncGenerator<ChatEvent, void, undefined> {
      const post = { method: 'POST', path: '/api/chat/stream', signal, body: message };
      const body = await authorized(signal, () => request(post, eventStream));
      let cursor = 0;
      try {
        for await (const { type, data, lastEventId } of readSse(body, { stallMs, signal })) {
          // Named events, such as the ping, carry no state.
          if (type !== 'message') continue;
          const seq = parseEventId(lastEventId)?.seq ?? cursor + 1;
          if (seq <= cursor) continue;
          cursor = seq;
          const event = decodeEvent(data);
          if (!event) continue;
          yield event.type === 'products' ? absolute(event) : event;
          if (event.type === 'done') return;
        }
      } catch (error) {
        throw asTransportError(error, signal, 'interrupted', 'The answer broke off.');
      }
      throw new TransportError('interrupted', 'The answer ended without its last event.', { retryable: true });
    },

    async thread(id, locale, signal) {
      const query = locale === undefined ? '' : `?locale=${encodeURIComponent(locale)}`;
      const get = { method: 'GET', path: `/api/threads/${encodeURIComponent(id)}${query}`, signal };
      const thread = await authorized(signal, () => request<Thread>(get, readJson));
      const shown = (part: MessagePart) => (part.type === 'products' ? absolute(part) : part);
      return { ...thread, messages: thread.messages.map((m) => ({ ...m, parts: m.parts.map(shown) })) };
    },

    async threads(signal) {
      const get = { method: 'GET', path: '/api/threads', signal };
      return (await authorized(signal, () => request<{ threads: ThreadSummary[] }>(get, readJson))).threads;
    },

    cancel(turnId, signal) {
      const post = { method: 'POST', path: `/api/turns/${encodeURIComponent(turnId)}/cancel`, signal };
      return authorized(signal, () => request(post, (response) => response.body?.cancel()));
    },
  };
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof TransportError && error.status === 401;
}

async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

/** A gateway's page or a captive portal answers 200 too. */
function eventStream(response: Response): ReadableStream<Uint8Array> {
  if (response.body && response.headers.get('content-type')?.startsWith('text/event-stream')) return response.body;
  void response.body?.cancel();
  throw new TransportError('network', 'The answer is not an event stream, so it is not from the proxy.', {
    status: response.status,
    retryable: true,
  });
}

/** Whatever was thrown. Its text is not looked at: each browser words a lost line in its own way. */
function asTransportError(
  cause: unknown,
  signal: AbortSignal,
  code: 'network' | 'interrupted',
  message: string,
): unknown {
  if (signal.aborted) return signal.reason;
  return cause instanceof TransportError ? cause : new TransportError(code, message, { retryable: true, cause });
}
