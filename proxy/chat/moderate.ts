import { ChatError } from '../errors.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import type { ShopModeration } from '../shops/types.ts';
import type { Speech } from './speech.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** Of an answer is read in steps of whole sentences, about so many UTF-16 code units long, and at its end. */
const STEP = 1_000;
/** What goes on without the end of a sentence is read all the same. */
const MAX_STEP = 2 * STEP;
/** Read again with the next step: what it means may stand on both sides. */
const OVERLAP = 200;
const SENTENCE_END = /[.!?…。！？\n][^.!?…。！？\n]*$/u;

const FLAGGED = new Error('Moderation has flagged what is said here.');

export interface Moderated {
  speech: Speech;
  signal: AbortSignal;
  talk(signal: AbortSignal): AsyncGenerator<ChatEvent, Finish>;
  /** Told of words that were to be judged, and are said without a verdict. */
  onUnjudged(): void;
}

/**
 * A conversation under moderation, where the shop wants it. The question is judged while the model begins, because a verdict
 * takes as long as a model's first word and few questions are flagged: waiting for it first would cost every shopper that
 * time, and asking at once costs the beginning of an answer to a flagged one. Nothing is shown and no tool runs before the
 * verdict. An answer is judged while it is shown, and taken back when it is flagged.
 */
export function moderated(deps: TurnDeps, input: TurnInput, what: Moderated): AsyncGenerator<ChatEvent, Finish> {
  const { moderation } = input.shop;
  // Nothing stands in the way of the words of a shop that moderates none.
  return moderation ? judged(deps, input, what, moderation) : what.talk(what.signal);
}

async function* judged(
  deps: TurnDeps,
  { shop, turn }: TurnInput,
  { speech, signal, talk, onUnjudged }: Moderated,
  settings: ShopModeration,
): AsyncGenerator<ChatEvent, Finish> {
  const judge = new Judge(deps, settings, { shop: shop.slug, turn: turn.id }, onUnjudged);
  const events = talk(AbortSignal.any([signal, judge.signal]));
  const carts: ChatEvent[] = [];
  let isShown = false;
  try {
    const first = events.next();
    // It may fail before the verdict is there, and is awaited after it.
    first.catch(() => undefined);
    if (settings.input) await judge.question(await questionOf(deps, turn.userMessageId));
    judge.signal.throwIfAborted();
    let step = await first;
    for (; !step.done; step = await events.next()) {
      judge.signal.throwIfAborted();
      if (step.value.type === 'cart') carts.push(step.value);
      isShown = true;
      yield step.value;
      judge.saw(step.value);
    }
    await judge.rest();
    judge.signal.throwIfAborted();
    return step.value;
  } catch (thrown) {
    // What was said before a Stop or an error is kept, and told to the model again. A shutdown keeps nothing of it.
    const isBrokenOff = signal.reason instanceof ChatError && signal.reason.code === 'shutting_down';
    if (!isBrokenOff) await judge.rest();
    if (!judge.signal.aborted) throw thrown;
    // Ends the model's call where it stands, so that its usage row is closed.
    await events.throw(FLAGGED).catch(() => undefined);
    const reset = [...speech.reset()];
    if (isShown) yield* reset;
    // What is in the shopper's cart is there, whatever was said of it.
    for (const cart of carts) yield* speech.event(cart);
    const reason: unknown = judge.signal.reason;
    if (reason instanceof ChatError) throw reason;
    yield* speech.event({ type: 'notice', code: 'moderated' });
    return 'stop';
  } finally {
    judge.close();
    await events.return('stop');
  }
}

/** Asks about what is said; `signal` is aborted by the first finding, or for want of a verdict where one is required. */
class Judge {
  readonly #stop = new AbortController();
  readonly #closed = new AbortController();
  readonly #check: (text: string) => Promise<readonly string[] | null>;
  readonly #settings: ShopModeration;
  readonly #onFinding: (of: 'question' | 'answer', categories: readonly string[]) => void;
  readonly #onUnjudged: () => void;
  readonly #pending: Promise<void>[] = [];
  #unread = '';
  #before = '';

  constructor(
    { moderationFor, log }: TurnDeps,
    settings: ShopModeration,
    ids: { shop: string; turn: string },
    onUnjudged: () => void,
  ) {
    const moderation = moderationFor(settings);
    this.#settings = settings;
    this.#onUnjudged = onUnjudged;
    this.#check = (text) => moderation.check(text, this.#closed.signal);
    this.#onFinding = (of, categories) => log.info({ of, categories, ...ids }, 'moderation has flagged what was said');
  }

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  async question(text: string): Promise<void> {
    await this.#judge('question', text);
  }

  /** Takes what was shown; asks about it when it is a step's worth. */
  saw(event: ChatEvent): void {
    if (!this.#settings.output) return;
    const words = wordsIn(event);
    this.#unread += words;
    if (this.#unread.length < STEP) return;
    const mark = words.search(SENTENCE_END) + 1;
    if (mark > 0) this.#read(this.#unread.length - words.length + mark);
    else if (this.#unread.length >= MAX_STEP) this.#read(this.#unread.length);
  }

  /** Asks about what is left, and waits for every verdict. */
  async rest(): Promise<void> {
    if (this.#unread.trim() !== '') this.#read(this.#unread.length);
    await Promise.all(this.#pending);
  }

  /** Nobody waits for a verdict any more. */
  close(): void {
    this.#closed.abort();
  }

  #read(length: number): void {
    const text = this.#before + this.#unread.slice(0, length);
    this.#unread = this.#unread.slice(length);
    this.#before = text.slice(-OVERLAP);
    const asked = this.#judge('answer', text);
    // Given up when the turn is over; who waits for it hears of it.
    asked.catch(() => undefined);
    this.#pending.push(asked);
  }

  async #judge(of: 'question' | 'answer', text: string): Promise<void> {
    const found = await this.#check(text);
    if (found === null) {
      if (!this.#settings.required) return this.#onUnjudged();
      const message = 'Nothing may be said here without moderation, and the moderation gave no verdict.';
      this.#stop.abort(new ChatError('model_unavailable', message));
    } else if (found.length > 0) {
      if (!this.#stop.signal.aborted) this.#onFinding(of, found);
      this.#stop.abort(FLAGGED);
    }
  }
}

/** The words in an event that a model has made. */
function wordsIn(event: ChatEvent): string {
  switch (event.type) {
    case 'text':
      return event.content;
    case 'products':
      return `\n${event.title ?? ''}\n${event.why ?? ''}\n`;
    case 'comparison':
      return `\n${event.title ?? ''}\n`;
    case 'suggestions':
      return `\n${event.data.join('\n')}\n`;
    default:
      return '';
  }
}

async function questionOf({ storage }: TurnDeps, messageId: string): Promise<string> {
  const { parts = [] } = (await storage.message(messageId)) ?? {};
  return parts.map((part) => (part.type === 'text' ? part.content : '')).join('\n');
}
