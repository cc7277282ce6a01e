import type { ChatRequest, Product, ShopSettings, Thread, ToolResultRequest } from '../../../proxy/protocol/index.ts';
import { TransportError } from '../../../widget/transport/types.ts';
import type { ProxyRequest, Read, Transport, TransportEvent, Visitor } from '../../../widget/transport/types.ts';

/** One turn of the fake, asked for or followed: the test plays the proxy and says what comes. */
export class FakeTurn {
  /** What asked for it, or the id under which it is followed. */
  readonly request: ChatRequest;
  readonly followed: string | null;
  readonly signal: AbortSignal;
  #waiting: (() => void) | null = null;
  #queue: (TransportEvent | Error)[] = [];

  constructor(request: ChatRequest | string, signal: AbortSignal) {
    this.request = typeof request === 'string' ? ({} as ChatRequest) : request;
    this.followed = typeof request === 'string' ? request : null;
    this.signal = signal;
    signal.addEventListener('abort', () => this.#put(signal.reason as Error));
  }

  say(...events: TransportEvent[]): void {
    this.#put(...events);
  }

  fail(error: Error): void {
    this.#put(error);
  }

  #put(...items: (TransportEvent | Error)[]): void {
    this.#queue.push(...items);
    this.#waiting?.();
  }

  async *events(): AsyncGenerator<TransportEvent, void, undefined> {
    for (;;) {
      while (this.#queue.length === 0) await new Promise<void>((resolve) => (this.#waiting = resolve));
      const item = this.#queue.shift()!;
      if (item instanceof Error) throw item;
      yield item;
      if (item.type === 'done' || item.type === 'gap') return;
    }
  }
}

/** A proxy in memory: sessions and threads answer at once, turns as the test says. */
export class FakeTransport implements Transport {
  token: string | null = null;
  shop = { slug: 'pets', consent: false } as ShopSettings;
  readonly visitors: Visitor[] = [];
  readonly tokensShown: (string | null)[] = [];
  readonly turns: FakeTurn[] = [];
  readonly cancelled: string[] = [];
  threadById = new Map<string, Thread>();
  /** Threads that were asked for. */
  readonly threadsLoaded: string[] = [];
  sessionError: TransportError | null = null;
  cancelError: TransportError | null = null;
  onCancel: (turnId: string) => void = () => {};
  #turnStarted: (() => void) | null = null;

  async settings(): Promise<ShopSettings> {
    if (this.sessionError) throw this.sessionError;
    return this.shop;
  }

  async session(visitor: Visitor): Promise<ShopSettings> {
    this.visitors.push(visitor);
    this.tokensShown.push(visitor.token);
    if (this.sessionError) throw this.sessionError;
    this.token = `token-${this.tokensShown.length}`;
    return this.shop;
  }

  stream(request: ChatRequest, signal: AbortSignal): AsyncIterable<TransportEvent> {
    return this.#begin(request, signal);
  }

  follow(turnId: string, after: number, signal: AbortSignal): AsyncIterable<TransportEvent> {
    if (after !== 0) throw new RangeError('The widget follows turns from their beginning.');
    return this.#begin(turnId, signal);
  }

  #begin(request: ChatRequest | string, signal: AbortSignal): AsyncIterable<TransportEvent> {
    const turn = new FakeTurn(request, signal);
    this.turns.push(turn);
    this.#turnStarted?.();
    return turn.events();
  }

  /** The turn that was asked for or followed as number `index`, from 0. */
  async turn(index: number): Promise<FakeTurn> {
    while (this.turns.length <= index) await new Promise<void>((resolve) => (this.#turnStarted = resolve));
    return this.turns[index]!;
  }

  async thread(id: string): Promise<Thread> {
    this.threadsLoaded.push(id);
    const thread = this.threadById.get(id);
    if (thread) return thread;
    throw new TransportError('thread_not_found', 'No such thread.', { status: 404, retryable: false });
  }

  readonly requests: ProxyRequest[] = [];
  /** What is read from the answer to any of them. */
  answers: (request: ProxyRequest) => unknown = () => ({ threads: [...this.threadById.values()] });

  readonly base = 'https://proxy.example';

  woken(): void {
    this.wakings++;
  }

  /** How often the page was said to be looked at again. */
  wakings = 0;

  async request<T>(request: ProxyRequest, read: Read<T>): Promise<T> {
    const { method, path } = request;
    const { pathname, searchParams } = new URL(path, this.base);
    const thread = /^\/api\/threads\/([^/]+)$/.exec(pathname)?.[1];
    if (method === 'GET' && thread) return read(Response.json(await this.thread(thread)));
    if (method === 'GET' && pathname === '/api/products') {
      return read(Response.json({ products: await this.products(searchParams.get('ids')!.split(',').map(Number)) }));
    }
    this.requests.push(request);
    if (request.method === 'DELETE') this.threadById.delete(request.path.split('/').at(-1)!);
    return this.answers(request) as T;
  }

  /** The catalogue of today. */
  catalogue: Product[] = [];
  readonly productsAsked: (readonly number[])[] = [];
  /** `turn call outcome` of each act that was told. */
  readonly told: [string, string, ToolResultRequest['result']][] = [];
  toolError: TransportError | null = null;

  async products(ids: readonly number[]): Promise<Product[]> {
    this.productsAsked.push(ids);
    return this.catalogue.filter(({ id }) => ids.includes(id));
  }

  async toolResult(turnId: string, callId: string, outcome: ToolResultRequest['result']): Promise<void> {
    this.told.push([turnId, callId, outcome]);
    if (this.toolError) throw this.toolError;
  }

  async cancel(turnId: string): Promise<void> {
    this.cancelled.push(turnId);
    if (this.cancelError) throw this.cancelError;
    this.onCancel(turnId);
  }
}
