import type { ToolResultRequest } from '../../proxy/protocol/index.ts';
import { absolutePart } from './absolute.ts';
import { createAutoLine } from './auto-line.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { Cursor } from './cursor.ts';
import type { CursorOptions } from './cursor.ts';
import { need, trouble } from './load.ts';
import type { WatchPage } from './page-life.ts';
import { createProxyClient } from './proxy-client.ts';
import { createReconnect } from './reconnect.ts';
import type { Line } from './line.ts';
import { createSseLine } from './sse-line.ts';
import type { ProxyRequest, Read, Transport, TransportEvent } from './types.ts';

/** `auto` streams, and polls where something on the way swallows streams. */
export type TransportMode = 'auto' | 'stream' | 'poll';

export interface HttpTransportOptions {
  /** Where the proxy is, with or without a path: `https://proxy.example`. */
  baseUrl: string;
  /** Slug of the shop. */
  shop: string;
  mode?: TransportMode;
  fetch?: typeof fetch;
  /** Longest silence in milliseconds. The proxy sends a ping every 15 s at most, so this is two and a half of them. */
  stallMs?: number;
  /**
   * How long a session or a thread is tried for, in milliseconds. Somebody looks at an empty panel meanwhile: long enough
   * for a proxy that is being restarted.
   */
  readBudgetMs?: number;
  /** What wakes it up, and what makes it rest: by default, the page's own life. */
  watch?: WatchPage;
  clock?: Clock;
  /** From 0 to 1. */
  random?: () => number;
}

export function createHttpTransport({
  baseUrl,
  shop,
  mode = 'auto',
  // A bare `fetch` called as a method is an "Illegal invocation".
  fetch = globalThis.fetch.bind(globalThis),
  stallMs = 40_000,
  readBudgetMs = 20_000,
  watch,
  clock = systemClock,
  random = Math.random,
}: HttpTransportOptions): Transport {
  const base = baseUrl.replace(/\/+$/, '');
  const client = createProxyClient({ base, shop, fetch, stallMs, now: () => clock.now() });
  const reconnect = createReconnect({ clock, watch, random, base, shop });
  const stream = createSseLine(client, { stallMs });
  // Few networks hold a stream back.
  const poll: Line = async function* poll(cursor, signal) {
    const { createPollingLine } = await need(trouble);
    yield* createPollingLine(client, { clock })(cursor, signal);
  };
  const line = { stream, poll, auto: createAutoLine({ stream, poll, clock }) }[mode];

  async function* turn(start: CursorOptions, signal: AbortSignal): AsyncGenerator<TransportEvent, void, undefined> {
    for await (const event of reconnect.follow(line, new Cursor(start), signal)) {
      yield absolutePart(event, base);
    }
  }

  const patience = { budgetMs: readBudgetMs, capMs: 2_000 };

  function request<T>(what: ProxyRequest, read: Read<T>, signal: AbortSignal): Promise<T> {
    return reconnect.insist((signal) => client.send(what, read, signal), signal, patience);
  }

  return {
    base,
    request,
    woken: reconnect.woken,

    get token() {
      return client.token;
    },

    settings: (signal) => reconnect.insist((signal) => client.settings(signal), signal, patience),

    session: (visitor, signal) => reconnect.insist((signal) => client.session(visitor, signal), signal, patience),

    stream: (question, signal) => turn({ turnId: null, question, after: 0 }, signal),

    follow: (turnId, after, signal) => turn({ turnId, question: null, after }, signal),

    toolResult(turnId, callId, result, signal) {
      const body: ToolResultRequest = { call_id: callId, result };
      const post = { method: 'POST', path: `/api/turns/${encodeURIComponent(turnId)}/tool-results`, body } as const;
      return reconnect.insist((signal) => client.send(post, () => undefined, signal), signal);
    },

    cancel(turnId, signal) {
      const post = { method: 'POST', path: `/api/turns/${encodeURIComponent(turnId)}/cancel` } as const;
      return reconnect.insist((signal) => client.send(post, (response) => response.body?.cancel(), signal), signal);
    },
  };
}
