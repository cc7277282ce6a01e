/** One of the two that are asked: what it has said, and what that cost. */
import type { PlaygroundCost, PlaygroundRequest } from '../../proxy/protocol/admin/index.ts';
import { decodeEvent, type ChatEvent, type Product } from '../../proxy/protocol/index.ts';
import { readSse } from '../../widget/transport/sse.ts';
import { wordsOf, type Api } from '../api.ts';

export type Against = PlaygroundRequest['against'];

export type ToldPart =
  | { type: 'text'; content: string }
  | { type: 'products'; data: Product[] }
  | { type: 'aside'; words: string };

export interface Told {
  question: string;
  parts: ToldPart[];
  /** What it does at the moment, in words; '' for nothing. */
  doing: string;
  problem: string;
  isOver: boolean;
  /** Whether the proxy has begun with it. */
  isTaken: boolean;
  cost: PlaygroundCost | null;
  /** As whoever asked saw it, in milliseconds; null until there are words. */
  firstWordMs: number | null;
  tookMs: number | null;
}

/** The proxy writes a ping every 15 s at most. */
const STALL_MS = 40_000;
/** A turn is closed a moment after its last event. */
const COST_TRIES = 5;
const COST_AFTER_MS = 300;
const NOTICES: Record<string, string> = {
  off_topic: 'Says that this has nothing to do with the shop. No model was asked.',
  search_only: 'Only the search answers: the budget is used up.',
  contact: 'Shows how to reach your people.',
  moderated: 'Says that it may not speak about this.',
};
const TOOLS: Record<string, string> = {
  search_products: 'Searches the catalogue',
  show_products: 'Chooses products to show',
  get_product: 'Looks at a product',
  compare_products: 'Compares products',
  search_documents: 'Looks into the documents',
  get_store_info: 'Looks into the shop’s texts',
};

export class Side {
  readonly against: Against;
  told: Told[] = [];
  #thread: string | null = null;
  #running: AbortController | null = null;
  readonly #changed: () => void;

  constructor(against: Against, changed: () => void) {
    this.against = against;
    this.#changed = changed;
  }

  get busy(): boolean {
    return this.#running !== null;
  }

  /** Ends the answer under way: the proxy stops when nobody listens. */
  stop(): void {
    this.#running?.abort();
  }

  forget(): void {
    this.stop();
    this.told = [];
    this.#thread = null;
    this.#changed();
  }

  /** @returns whether the proxy has taken the question */
  async ask(api: Api, shop: string, question: string): Promise<boolean> {
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const one: Told = {
      question,
      parts: [],
      doing: 'Thinks',
      problem: '',
      isOver: false,
      isTaken: false,
      cost: null,
      firstWordMs: null,
      tookMs: null,
    };
    this.told = [...this.told, one];
    this.#changed();
    const begun = performance.now();
    const since = () => performance.now() - begun;
    let turn = '';
    try {
      const body: PlaygroundRequest = { message: question, against: this.against, thread_id: this.#thread };
      const response = await api.send('/playground', { method: 'POST', query: { shop }, body, signal });
      for await (const { type, data } of readSse(response.body!, { stallMs: STALL_MS, signal })) {
        const event = type === 'message' ? decodeEvent(data) : null;
        if (!event) continue;
        if (event.type === 'thread_id') {
          turn = event.turn_id;
          one.isTaken = true;
          // Only its own: what was forgotten meanwhile begins anew.
          if (running === this.#running) this.#thread = event.thread_id;
        }
        if (event.type === 'text' || event.type === 'products') one.firstWordMs ??= since();
        take(one, event);
        this.#changed();
        if (event.type === 'done') break;
      }
    } catch (error) {
      if (!signal.aborted) one.problem = wordsOf(error);
      else one.parts.push({ type: 'aside', words: 'You stopped it.' });
    }
    one.doing = '';
    one.isOver = true;
    one.tookMs = since();
    if (running === this.#running) this.#running = null;
    this.#changed();
    if (turn) one.cost = await costOf(api, shop, turn).catch(() => null);
    this.#changed();
    return one.isTaken;
  }
}

/** What it cost is known when the turn's calls are closed; null where that takes too long. */
async function costOf(api: Api, shop: string, turn: string): Promise<PlaygroundCost | null> {
  for (let tries = 0; tries < COST_TRIES; tries++) {
    const cost = await api.ask<PlaygroundCost>(`/playground/turns/${encodeURIComponent(turn)}`, { query: { shop } });
    if (!cost.running) return cost;
    await new Promise((resolve) => setTimeout(resolve, COST_AFTER_MS * (tries + 1)));
  }
  return null;
}

function take(one: Told, event: ChatEvent): void {
  const last = one.parts.at(-1);
  switch (event.type) {
    case 'text':
      one.doing = '';
      if (last?.type === 'text')
        one.parts[one.parts.length - 1] = { type: 'text', content: last.content + event.content };
      else one.parts.push({ type: 'text', content: event.content });
      break;
    case 'products':
    case 'comparison':
      one.parts.push({ type: 'products', data: event.data });
      break;
    case 'tool':
      one.doing = event.status === 'started' ? (TOOLS[event.name] ?? event.name.replaceAll('_', ' ')) : 'Thinks';
      break;
    case 'citations':
      one.parts.push({ type: 'aside', words: `Sources: ${event.data.map(({ title }) => title).join(', ')}` });
      break;
    case 'notice':
      if (NOTICES[event.code]) one.parts.push({ type: 'aside', words: NOTICES[event.code]! });
      break;
    case 'client_tool':
      one.parts.push({
        type: 'aside',
        words: 'Asks whether to put something into the cart. There is no cart at the desk.',
      });
      break;
    case 'reset':
      one.parts = [];
      break;
    case 'error':
      one.problem = event.message;
      break;
    default:
  }
}
