import { encodeFrame } from '../../proxy/protocol/index.ts';
import type {
  ChatEvent,
  ChatRequest,
  ErrorCode,
  SessionRequest,
  SessionResponse,
  ShopSettings,
} from '../../proxy/protocol/index.ts';
import { shop } from './fake-chat.ts';

export interface Asked {
  route: string;
  authorization: string | null;
  body: unknown;
}

/** The proxy's wire in place of `fetch`: one conversation, answers whole and at once, and a note of all that was asked. */
export class FakeProxy {
  readonly asked: Asked[] = [];
  settings: ShopSettings = shop;
  /** By route, such as `POST /api/session`: the refusal in place of the answer. */
  readonly refusals = new Map<string, ErrorCode>();
  /** Identities that are taken. */
  identities: readonly string[] = [];
  /** By route: what never answers, until it is given up. */
  readonly silences = new Map<string, AbortSignal | null>();
  /** Said between the first event and the last. */
  answer: ChatEvent[] = [{ type: 'text', content: 'A bed.' }];
  readonly #fetch = globalThis.fetch;
  #sessions = 0;
  #turns = 0;
  #threads = new Map<string, string[]>();

  install(): void {
    globalThis.fetch = async (input, init = {}) => {
      const url = new URL(input as string);
      const route = `${init.method} ${url.pathname}`;
      if (!this.silences.has(route)) return this.#respond(route, url, init);
      const signal = init.signal!;
      this.silences.set(route, signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    };
  }

  uninstall(): void {
    globalThis.fetch = this.#fetch;
  }

  get routes(): string[] {
    return this.asked.map(({ route }) => route);
  }

  bodies(route: string): unknown[] {
    return this.asked.filter((asked) => asked.route === route).map(({ body }) => body);
  }

  #respond(route: string, { pathname }: URL, init: RequestInit): Response {
    init.signal?.throwIfAborted();
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    this.asked.push({ route, authorization: new Headers(init.headers).get('authorization'), body });
    const refusal = this.refusals.get(route);
    if (refusal) return refuse(refusal);
    if (route.startsWith('GET /api/shops/')) return Response.json(this.settings);
    if (route === 'POST /api/session') return this.#session(body as SessionRequest);
    if (route === 'POST /api/contact') {
      return Response.json({ contact_message_id: 'con_1', created_at: '2026-11-21T10:00:00.000Z' }, { status: 201 });
    }
    if (route === 'POST /api/chat/stream') return this.#turn(body as ChatRequest);
    const id = pathname.split('/')[3]!;
    if (route.startsWith('DELETE '))
      return this.#threads.delete(id) ? new Response(null, { status: 204 }) : refuse('thread_not_found');
    const questions = this.#threads.get(id);
    if (!questions) return refuse('thread_not_found');
    if (pathname.endsWith('/export')) return Response.json({ thread: { messages: questions } });
    const created_at = '2026-11-21T10:00:00.000Z';
    const messages = questions.map((content, index) => ({
      message_id: `msg_${index}`,
      role: 'user',
      parts: [{ type: 'text', content }],
      created_at,
    }));
    return Response.json({ thread_id: id, title: '', updated_at: created_at, messages, active_turn_id: null });
  }

  #session({ consent, identity }: SessionRequest): Response {
    if (this.settings.consent && !consent) return refuse('consent_required');
    if (identity !== undefined && !this.identities.includes(identity)) return refuse('identity_invalid');
    const token = `${identity ? 'signed-in' : 'anonymous'}-${++this.#sessions}`;
    const session: SessionResponse = { token, expires_at: '2099-01-01T00:00:00Z', shop: this.settings };
    return Response.json(session);
  }

  #turn({ thread_id, message }: ChatRequest): Response {
    const turn = ++this.#turns;
    const id = thread_id ?? `thr_${turn}`;
    this.#threads.set(id, [...(this.#threads.get(id) ?? []), message]);
    const ids = { thread_id: id, message_id: `msg_a${turn}` };
    const events: ChatEvent[] = [
      { type: 'thread_id', turn_id: `trn_${turn}`, ...ids },
      ...this.answer,
      { type: 'done', finish: 'stop', ...ids },
    ];
    const frames = events.map((event, index) => encodeFrame(`trn_${turn}`, index + 1, event));
    return new Response(frames.join(''), { headers: { 'content-type': 'text/event-stream' } });
  }
}

function refuse(code: ErrorCode): Response {
  const status = code.endsWith('not_found') ? 404 : 403;
  return Response.json({ error: { code, message: `It is ${code}.`, retryable: false } }, { status });
}
