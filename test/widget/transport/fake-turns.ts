import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { encodeFrame, encodeUnnumbered } from '../../../proxy/protocol/index.ts';
import type { ChatEvent, ChatRequest, TurnEvents } from '../../../proxy/protocol/index.ts';

/** In place of the usual answer; false for the usual one. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export const started = (turnId = 'trn_1'): ChatEvent => ({
  type: 'thread_id',
  thread_id: 'thr_1',
  turn_id: turnId,
  message_id: 'msg_2',
});
export const text = (content: string): ChatEvent => ({ type: 'text', content });
export const done: ChatEvent = { type: 'done', thread_id: 'thr_1', message_id: 'msg_2', finish: 'stop' };

/**
 * The turns of the proxy's wire over real HTTP, in memory: a POST starts one or joins it, by stream or by JSON, and
 * `/events` replays and follows. The test says what the turn says, and what breaks.
 */
export class FakeTurns {
  readonly requests: string[] = [];
  /** By client_message_id: how often a question came. */
  readonly asked = new Map<string, number>();
  /** Events before this number can't be served any more. */
  servedAfter = 0;
  intercept: Intercept = () => false;
  readonly #events: ChatEvent[] = [];
  readonly #waiting = new Set<() => void>();
  #arrivals: (() => void)[] = [];
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  static async start(...events: ChatEvent[]): Promise<FakeTurns> {
    const turns = new FakeTurns();
    turns.say(...events);
    await new Promise<void>((resolve) => turns.#server.listen(0, '127.0.0.1', resolve));
    return turns;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  say(...events: ChatEvent[]): void {
    this.#events.push(...events);
    this.#wake();
  }

  /** Ends every answer that is open, in the middle. */
  hangUp(): void {
    this.#waiting.clear();
    this.#server.closeAllConnections();
  }

  /** Resolves when request number `count` has come, the sessions not counted. */
  async requested(count: number): Promise<string> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
    return this.requests[count - 1]!;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#wake();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {});
    let body = '';
    try {
      for await (const chunk of request) body += chunk;
    } catch {
      // The line broke before the request was whole.
      return;
    }
    if (request.url === '/api/session') {
      json(response, 200, { token: 't', expires_at: '2099-01-01T00:00:00Z', shop: { slug: 'pets' } });
      return;
    }
    const url = new URL(request.url!, 'http://proxy');
    const wantsJson = request.headers.accept === 'application/json';
    this.requests.push(`${request.method} ${request.url}${wantsJson ? ' as JSON' : ''}`);
    this.#arrivals.splice(0).forEach((arrived) => arrived());
    if (request.method === 'POST' && url.pathname === '/api/chat/stream') {
      const { client_message_id: id } = JSON.parse(body) as ChatRequest;
      this.asked.set(id, (this.asked.get(id) ?? 0) + 1);
      if (this.intercept(request, response)) return;
      if (wantsJson) json(response, 202, { ...started(), type: undefined });
      else await this.#stream(response, 0);
      return;
    }
    if (this.intercept(request, response)) return;
    const after = Number(url.searchParams.get('after'));
    if (wantsJson) await this.#poll(response, after);
    else await this.#stream(response, after);
  }

  async #stream(response: ServerResponse, after: number): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' }).flushHeaders();
    if (after < this.servedAfter) {
      response.end(encodeUnnumbered({ type: 'gap', thread_id: 'thr_1' }));
      return;
    }
    for (let next = after; !response.destroyed;) {
      const event = this.#events[next];
      if (!event) {
        await this.#news();
        continue;
      }
      response.write(encodeFrame('trn_1', ++next, event));
      if (event.type === 'done') return void response.end();
    }
  }

  async #poll(response: ServerResponse, after: number): Promise<void> {
    if (after < this.servedAfter) {
      json(response, 200, { events: [{ seq: 0, event: { type: 'gap', thread_id: 'thr_1' } }], ended: true });
      return;
    }
    if (this.#events.length <= after) await this.#news();
    const events = this.#events.slice(after).map((event, index) => ({ seq: after + index + 1, event }));
    const answer: TurnEvents = { events, ended: events.at(-1)?.event.type === 'done' };
    json(response, 200, answer);
  }

  /** Resolves when somebody waits for what the turn says next. */
  async awaited(): Promise<void> {
    while (this.#waiting.size === 0) await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      this.#arrivals.splice(0).forEach((arrived) => arrived());
    });
  }
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
