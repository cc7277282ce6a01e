import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { CartOutcome, ChatEvent, Thread, ThreadMessage } from '../../../proxy/protocol/index.ts';
import { CartActs } from '../../../widget/controllers/cart-acts.ts';
import { ChatController } from '../../../widget/controllers/chat-controller.ts';
import type { Addition } from '../../../widget/controllers/cart-desk.ts';
import { createTabs } from '../../../widget/controllers/tabs.ts';
import type { CartResult } from '../../../widget/cart/types.ts';
import { createActMemory } from '../../../widget/state/act-memory.ts';
import { createSessionMemory } from '../../../widget/state/session.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import { FakeTransport } from './fake-transport.ts';

export class Host implements ReactiveControllerHost {
  updates = 0;
  updateComplete = Promise.resolve(true);
  #waiting: { done: () => boolean; resolve: () => void }[] = [];
  addController(controller: ReactiveController): void {
    controller.hostConnected?.();
  }
  removeController(): void {}
  requestUpdate(): void {
    this.updates++;
    const ready = this.#waiting.filter(({ done }) => done());
    this.#waiting = this.#waiting.filter((waiting) => !ready.includes(waiting));
    for (const { resolve } of ready) resolve();
  }
  /** Resolves at the first update after which `done` holds. */
  until(done: () => boolean): Promise<void> {
    return done() ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ done, resolve }));
  }
}

export const started = (turn = 'trn_1'): ChatEvent => ({
  type: 'thread_id',
  thread_id: 'thr_1',
  turn_id: turn,
  message_id: `msg_${turn}`,
});
export const text = (content: string) => ({ type: 'text', content }) as const;
export const done = (finish: 'stop' | 'cancelled' = 'stop'): ChatEvent => ({
  type: 'done',
  thread_id: 'thr_1',
  message_id: 'msg_2',
  finish,
});
export const network = new TransportError('network', 'No answer.', { retryable: true });
export const busy = new TransportError('turn_active', 'Busy.', { status: 409, retryable: true });

const AT = '2026-11-21T10:00:00.000Z';
export const asked = (id: string, content: string): ThreadMessage => ({
  message_id: id,
  role: 'user',
  parts: [text(content)],
  created_at: AT,
});
export const answered = (id: string, content: string): ThreadMessage => ({
  message_id: id,
  role: 'assistant',
  parts: [text(content)],
  created_at: AT,
  finish: 'stop',
});
export const threadOf = (active: string | null, ...messages: ThreadMessage[]): Thread => ({
  thread_id: 'thr_1',
  title: 'Hi',
  updated_at: AT,
  active_turn_id: active,
  messages,
});
export const thread = threadOf(null, asked('msg_1', 'Hi'));

const opened: ChatController[] = [];

/** A cart that takes everything, and remembers it. */
export class FakeDesk {
  readonly added: Addition[] = [];
  result: CartResult | Promise<CartResult> = { ok: true, cart: null, undo: null };

  async add(addition: Addition): Promise<CartResult> {
    this.added.push(addition);
    return this.result;
  }

  async look(): Promise<CartOutcome> {
    return { ok: true, cart: { count: this.added.length, items: [] } };
  }
}

/** One tab of the browser with the chat in it. What tabs share, they share here too; `tabStorage` is the tab's own. */
export function openPage({
  tabStorage = sessionStorage,
  stopPatienceMs,
  partPatienceMs,
}: { tabStorage?: Storage; stopPatienceMs?: number; partPatienceMs?: number } = {}) {
  const host = new Host();
  const transport = new FakeTransport();
  const place = { baseUrl: 'https://proxy.example', shop: 'pets' };
  const memory = createSessionMemory({ ...place, tabStorage: () => tabStorage });
  const desk = new FakeDesk();
  const chat = new ChatController(host, {
    acts: async (wiring) =>
      new CartActs({ transport, desk, memory: createActMemory({ ...place, storage: () => tabStorage }), ...wiring }),
    transport,
    memory,
    tabs: createTabs(place),
    locale: () => 'he',
    ...(stopPatienceMs !== undefined && { stopPatienceMs }),
    ...(partPatienceMs !== undefined && { partPatienceMs }),
  });
  opened.push(chat);
  const answer = () => chat.state.messages.at(-1)!;
  const said = (message = answer()): string =>
    message.parts.map((part) => (part.type === 'text' ? part.content : '#')).join('');
  /** The whole conversation: who, how far, what. */
  const shown = (): string[] =>
    chat.state.messages.map((message) => `${message.role} ${message.status}: ${said(message)}`);
  return { host, transport, memory, desk, chat, answer, said, shown };
}

/** Between tests: a tab that is left open would go on hearing the others. */
export function closePages(): void {
  for (const chat of opened.splice(0)) chat.hostDisconnected();
  localStorage.clear();
  sessionStorage.clear();
}
