import type { SessionRequest, SessionResponse, ShopSettings } from '../../proxy/protocol/index.ts';
import { trouble } from './load.ts';
import { asTransportError, TransportError } from './types.ts';
import type { ProxyRequest, Read, Visitor } from './types.ts';

export interface ProxyClientOptions {
  /** Without a slash at its end. */
  base: string;
  /** Slug of the shop. */
  shop: string;
  fetch: typeof fetch;
  /** How long an answer may take in all, in milliseconds. */
  stallMs: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

export interface ProxyClient {
  /** The visitor's token; null before the first session. */
  readonly token: string | null;
  settings(signal: AbortSignal): Promise<ShopSettings>;
  /** Opens a session, or renews the one of the visitor's token for the same visitor. */
  session(visitor: Visitor, signal: AbortSignal): Promise<ShopSettings>;
  /** One attempt, with a fresh token: what `read` makes of a 2xx answer. Rejects as `Transport` says. */
  send<T>(request: ProxyRequest, read: Read<T>, signal: AbortSignal): Promise<T>;
}

/** A token is renewed so long before its end, in milliseconds, and never sooner after it came. */
const RENEWAL = 30_000;

export function createProxyClient({ base, shop, fetch, stallMs, now }: ProxyClientOptions): ProxyClient {
  let token: string | null = null;
  let who: Pick<SessionRequest, 'consent' | 'identity'> = {};
  let renewAt = 0;
  let renewal: Promise<SessionResponse> | null = null;

  async function request<T>(
    { method, path, body, accept }: ProxyRequest,
    read: Read<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const stall = new AbortController();
    const timer = setTimeout(() => stall.abort(), stallMs);
    try {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
          ...(accept !== undefined && { accept }),
        },
        ...(body && { body: JSON.stringify(body) }),
        credentials: 'omit',
        cache: 'no-store',
        signal: AbortSignal.any([signal, stall.signal]),
      });
      if (!response.ok) throw await refusal(response);
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
    // A token of before must neither vouch for who has signed in nor be what is left of them.
    if (who.identity !== undefined) token = null;
    const body: SessionRequest = { shop, ...who };
    const post: ProxyRequest = { method: 'POST', path: '/api/session', body };
    const session = await request<SessionResponse>(post, readJson, signal).catch((error: unknown) => {
      if (!isUnauthorized(error) || token === null) throw error;
      // A token that not even a renewal takes: a new visitor, then.
      token = null;
      return request<SessionResponse>(post, readJson, signal);
    });
    token = session.token;
    // The shopper's clock may be wrong by hours: a token that looks old on arrival is used until the proxy refuses it.
    renewAt = Math.max(Date.parse(session.expires_at) - RENEWAL, now() + RENEWAL);
    return session;
  }

  return {
    get token() {
      return token;
    },

    settings: (signal) =>
      request({ method: 'GET', path: `/api/shops/${encodeURIComponent(shop)}` }, readJson<ShopSettings>, signal),

    async session({ token: known, consent, identity }, signal) {
      token ??= known;
      who = { ...(consent && { consent }), ...(identity !== undefined && { identity }) };
      return (await openSession(signal)).shop;
    },

    /** Once more after a 401, which is how a token that was revoked early shows. */
    async send(message, read, signal) {
      if (token === null || now() >= renewAt) await orAborted(renew(), signal);
      try {
        return await request(message, read, signal);
      } catch (error) {
        if (!isUnauthorized(error)) throw error;
      }
      await orAborted(renew(), signal);
      return request(message, read, signal);
    },
  };
}

/** What the proxy says. Nothing where the words for it can't be had: that is told as a lost line, after which it is asked again. */
async function refusal(response: Response): Promise<TransportError | undefined> {
  return (await trouble.bring())?.errorOf(response);
}

export async function readJson<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([promise, aborted]);
}

function isUnauthorized(error: unknown): boolean {
  return error instanceof TransportError && error.status === 401;
}
