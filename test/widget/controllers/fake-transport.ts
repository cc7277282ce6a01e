import type { ChatEvent, ChatRequest, ShopSettings, Thread, ThreadSummary } from '../../../proxy/protocol/index.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import type { Transport } from '../../../widget/transport/types.ts';

/** One turn of the fake: the test plays the proxy and says what comes. */
export class FakeTurn {
  readonly request: ChatRequest;
  readonly signal: AbortSignal;
  #waiting: (() => void) | null = null;
  #queue: (ChatEvent | Error | null)[] = [];

  constructor(request: ChatRequest, signal: AbortSignal) {
    this.request = request;
    this.signal = signal;
    signal.addEventListener('abort', () => this.#put(signal.reason as Error));
  }

  say(...events: ChatEvent[]): void {
    this.#put(...events);
  }

  fail(error: Error): void {
    this.#put(error);
  }

  #put(...items: (ChatEvent | Error | null)[]): void {
    this.#queue.push(...items);
    this.#waiting?.();
  }

  async *events(): AsyncGenerator<ChatEvent, void, undefined> {
    for (;;) {
      while (this.#queue.length === 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
      const item = this.#queue.shift()!;
      if (item instanceof Error) throw item;
      yield item;
      if (item.type === 'done') return;
    }
  }
}

/** A proxy in memory: sessions and threads answer at once, turns as the test says. */
export class FakeTransport implements Transport {
  token: string | null = null;
  readonly tokensShown: (string | null)[] = [];
  readonly turns: FakeTurn[] = [];
  readonly cancelled: string[] = [];
  threadById = new Map<string, Thread>();
  sessionError: TransportError | null = null;
  cancelError: TransportError | null = null;
  onCancel: (turnId: string) => void = () => {};
  #turnStarted: (() => void) | null = null;

  async session(token: string | null): Promise<ShopSettings> {
    this.tokensShown.push(token);
    if (this.sessionError) throw this.sessionError;
    this.token = `token-${this.tokensShown.length}`;
    return { slug: 'pets' } as ShopSettings;
  }

  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatEvent> {
    const turn = new FakeTurn(request, signal);
    this.turns.push(turn);
    this.#turnStarted?.();
    return turn.events();
  }

  /** The turn of the question that was sent as number `index`, from 0. */
  async turn(index: number): Promise<FakeTurn> {
    while (this.turns.length <= index) await new Promise<void>((resolve) => (this.#turnStarted = resolve));
    return this.turns[index]!;
  }

  async thread(id: string): Promise<Thread> {
    const thread = this.threadById.get(id);
    if (thread) return thread;
    throw new TransportError('thread_not_found', 'No such thread.', { status: 404, retryable: false });
  }

  async threads(): Promise<ThreadSummary[]> {
    return [...this.threadById.values()];
  }

  async cancel(turnId: string): Promise<void> {
    this.cancelled.push(turnId);
    if (this.cancelError) throw this.cancelError;
    this.onCancel(turnId);
  }
}
