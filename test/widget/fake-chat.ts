import type { ReactiveControllerHost } from 'lit';
import type { Product, ShopSettings } from '../../proxy/protocol/index.ts';
import type { ChatRoom } from '../../widget/controllers/room.ts';
import type { Chat } from '../../widget/controllers/types.ts';
import { launcherOf } from '../../widget/launcher.ts';
import { FakeTransport } from './controllers/fake-transport.ts';
import { ShopClerk } from '../../widget/shop-clerk.ts';
import { reduce } from '../../widget/state/reducer.ts';
import { initialState, type ChatState, type Failure, type Message, type Part } from '../../widget/state/state.ts';

/** A conversation that says what the test puts into it, and remembers what it was asked. */
export class FakeChat implements Chat {
  readonly calls: string[] = [];
  readonly #host: ReactiveControllerHost;
  #state: ChatState = { ...initialState, connection: 'ready', shop };

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get state(): ChatState {
    return this.#state;
  }

  /** Changes the state and waits until it is drawn. */
  async become(change: Partial<ChatState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    this.#host.requestUpdate();
    await this.#host.updateComplete;
  }

  async start(): Promise<void> {
    this.calls.push('start');
  }

  async send(text: string): Promise<void> {
    this.calls.push(`send ${text}`);
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
  }

  async retry(): Promise<void> {
    this.calls.push('retry');
  }

  withdraw(key: string): void {
    this.calls.push(`withdraw ${key}`);
  }

  written = '';

  draft(): string {
    return this.written;
  }

  keepDraft(text: string): void {
    this.written = text;
  }

  context: Chat['context'] = null;
  offering: Chat['offering'] = null;
  readonly transport = new FakeTransport();
  /** Somebody was here before. */
  isKnown = false;

  readonly room: ChatRoom = {
    transport: this.transport,
    state: () => this.#state,
    dispatch: (action) => void this.become(reduce(this.#state, action)),
    locale: () => 'en',
    signal: () => new AbortController().signal,
    known: () => this.isKnown,
    session: async () => {},
    show: async ({ restore, thread }) => {
      this.calls.push(`show ${thread.thread_id}`);
      this.room.dispatch(restore);
    },
  };

  consent(): void {
    this.calls.push('consent');
    void this.become({ agreed: true });
  }

  identify(jwt: string | null): void {
    this.calls.push(`identify ${jwt}`);
  }

  failBeside(aside: Failure | null): void {
    void this.become({ aside });
  }

  leave(options: { forget: boolean; everywhere: boolean }): void {
    this.calls.push(`leave ${JSON.stringify(options)}`);
  }

  async answerAct(callId: string, agreed: boolean): Promise<void> {
    this.calls.push(`answerAct ${callId} ${agreed}`);
  }

  async refresh(): Promise<void> {
    this.calls.push('refresh');
  }

  newThread(): void {
    this.calls.push('newThread');
    void this.become({ messages: [], turn: null, threadId: null });
  }
}

/** `<shop-clerk>` over a `FakeChat`. */
export class FakeShopClerk extends ShopClerk {
  static {
    ShopClerk.launcherOf = launcherOf;
  }

  readonly chat = new FakeChat(this);

  protected override createChat(): Chat {
    return this.chat;
  }
}

export const shop: ShopSettings = {
  slug: 'acme',
  name: 'Pawfield',
  locale: 'en',
  greeting: {
    en: 'Hello! What can we find for you and your pet today?',
    he: 'שלום! מה נמצא היום בשבילכם ובשביל החיה שלכם?',
  },
  prompts: {
    en: ['Which food suits a sensitive puppy?', 'A gift for a cat, under ₪100', 'What is on sale today?'],
    he: ['איזה מזון מתאים לגור רגיש?', 'מתנה לחתול עד 100 ₪', 'מה במבצע היום?'],
  },
  accent: '#1f5f52',
  consent: false,
  disclosure: true,
  cart: 'none',
  max_message_length: 2000,
  demo_model: false,
};

/** A product in stock at ₪219.90; say what is different. */
export function product(id: number, change: Partial<Product> = {}): Product {
  const price = { amount: 21990, currency: 'ILS' };
  return {
    id,
    external_id: String(id),
    title: `Product ${id}`,
    url: `https://shop.example/product/${id}`,
    price: { min: price, max: price },
    availability: 'in_stock',
    images: [],
    options: [],
    variants: [{ id: `${id}-1`, title: 'Standard', price, availability: 'in_stock', options: [] }],
    ...change,
  };
}

export const saleProduct: Product = product(1, {
  price: { min: { amount: 17990, currency: 'ILS' }, max: { amount: 17990, currency: 'ILS' } },
  list_price: { amount: 21990, currency: 'ILS' },
  rating: { value: 4.64, count: 128 },
  brand: 'Green Bowl',
});

export function userMessage(key: string, text: string): Message {
  return { id: key, key, role: 'user', parts: [{ type: 'text', content: text }], status: 'done', createdAt: 0 };
}

export function answer(key: string, parts: readonly Part[], change: Partial<Message> = {}): Message {
  return { id: key, key, role: 'assistant', parts, status: 'done', createdAt: 0, ...change };
}

/** The turn that writes the answer of this key. */
export function turnOf(messageKey: string): NonNullable<ChatState['turn']> {
  return { clientMessageId: `for-${messageKey}`, turnId: 'trn_1', messageKey, stopping: false, reconnecting: false };
}
