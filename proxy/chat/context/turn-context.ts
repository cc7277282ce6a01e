import type { ModelItem } from '../../models/types.ts';
import type { SummaryRow } from '../../storage/types.ts';
import { askedAgain, compactRounds } from './compact.ts';
import { pageItem, type Prompt } from './prompt.ts';
import { isNearlyFull, makeRoom, newerHalf, roomOf, windowStart } from './context-window.ts';
import { threadItems, tokensOf, type History } from './history.ts';
import type { TokenCounts } from './token-counts.ts';

/** Our guess is too high by a third and more; what is this much over may fit, and the provider can say so. */
const MAYBE = 0.75;

export interface ContextOptions {
  prompt: Prompt;
  threadId: string;
  history: History;
  /** What is known of the thread from before; what this turn learns is kept there. */
  counts: TokenCounts;
  /** BCP 47: of the page. */
  locale: string;
  /** For the whole request and its answer. */
  contextTokens: number;
  answerTokens: number;
}

export type RoomOptions = Omit<ContextOptions, 'threadId' | 'counts' | 'history'> & {
  history: Pick<History, 'summary'>;
};

/** The provider's own count of a request with this input; null where it gives none. */
export type CountInput = (input: readonly ModelItem[]) => Promise<number | null>;

/** What the model is told in a turn besides the prompt: the page, the thread, and what the turn's rounds added. */
export class TurnContext {
  readonly #options: ContextOptions;
  readonly #page: ModelItem;
  /** Tokens of each turn of the thread. */
  #weights: readonly number[];
  /** Tokens for thread and rounds; less than we thought after the provider has refused what we took for that. */
  #room: number;
  readonly #rounds: ModelItem[][] = [];
  #first: number;
  #isTrimmed = false;
  /** So many of the oldest rounds are told in the fewest words since. */
  #shortened = 0;
  /** Tokens of thread and rounds in the last request. */
  #sent = 0;
  /** One that can't count, or not in time, isn't asked again in this turn. */
  #mayCount = true;
  #isPlaced = false;

  constructor(options: ContextOptions) {
    const { counts, threadId, history, locale } = options;
    this.#options = options;
    this.#page = pageItem(locale);
    this.#weights = counts.weigh(threadId, history.turns);
    this.#room = threadRoom(options);
    this.#first = windowStart(this.#weights, this.#room);
  }

  /** @param items what the model made, and what its tools answered */
  addRound(items: readonly ModelItem[]): void {
    this.#rounds.push([...items]);
  }

  /** For the next call of the model. The provider is asked only when it may make a difference, and twice at the most. */
  async input(count: CountInput): Promise<ModelItem[]> {
    if (!this.#isPlaced) await this.#place(count);
    const input = this.#isTrimmed ? this.#trimmed() : await this.#wholeOrFitted(count);
    this.#sent = tokensOf(input.slice(1));
    return input;
  }

  /**
   * The provider says that it was too long: half of the thread goes, once, and what the rounds so far have told is cut down
   * to the least. Whoever remembers what was told has to forget it. @returns false when nothing is left to leave out
   */
  trim(): boolean {
    const { turns } = this.#options.history;
    const isThreadLeft = !this.#isTrimmed && turns.length - this.#first > 1;
    if (!isThreadLeft && this.#rounds.length === this.#shortened) return false;
    if (!this.#isTrimmed) this.#first = newerHalf(turns.length, this.#first);
    // Whatever was counted was not enough: from here on by our own reckoning.
    this.#weights = turns.map(({ tokens }) => tokens);
    this.#isTrimmed = true;
    this.#shortened = this.#rounds.length;
    this.#room = Math.min(this.#room, this.#sent - 1);
    return true;
  }

  /** Before turns leave the window, or go into a summary, for tokens that they don't take. */
  async #place(count: CountInput): Promise<void> {
    this.#isPlaced = true;
    const { counts, threadId, history, prompt } = this.#options;
    const older = history.turns.slice(0, -1);
    if (!isNearlyFull(this.#weights, this.#room) || counts.covers(threadId, older)) return;
    const input = this.#input(this.#first, []);
    const counted = await count(input);
    this.#mayCount = counted !== null;
    if (counted === null) return;
    counts.keep(threadId, older, counted, prompt.tokens + tokensOf(input));
    this.#weights = counts.weigh(threadId, history.turns);
    this.#first = windowStart(this.#weights, this.#room);
  }

  async #wholeOrFitted(count: CountInput): Promise<ModelItem[]> {
    const whole = this.#input(this.#first, this.#rounds);
    const tokens = tokensOf(whole.slice(1)) - this.#tooMuch(this.#first);
    if (tokens <= this.#room || (await this.#maySend(whole, tokens, count))) return whole;
    return this.#fitted();
  }

  /** What later rounds find is whole again, as long as it stays below what was refused. */
  #trimmed(): ModelItem[] {
    const short = compactRounds(this.#rounds.slice(0, this.#shortened), 0);
    const rounds = [...short, ...this.#rounds.slice(this.#shortened)];
    const left = this.#room - this.#thread(this.#first);
    return this.#input(this.#first, compactRounds(rounds, left));
  }

  async #maySend(whole: readonly ModelItem[], tokens: number, count: CountInput): Promise<boolean> {
    const { contextTokens, answerTokens, prompt } = this.#options;
    const most = contextTokens - answerTokens;
    if (!this.#mayCount || (prompt.tokens + tokens) * MAYBE > most) return false;
    const counted = await count(whole);
    this.#mayCount = counted !== null;
    return counted !== null && counted <= most;
  }

  /** First this turn's older outputs in fewer words, then without the oldest turns, then the newest outputs as well. */
  #fitted(): ModelItem[] {
    const older = this.#rounds.slice(0, -1);
    const newest = this.#rounds.slice(-1);
    const asked = askedAgain(this.#rounds);
    const used = tokensOf(newest.flat());
    let rounds = [...compactRounds(older, this.#room - this.#thread(this.#first) - used, asked), ...newest];
    const left = this.#room - tokensOf(rounds.flat());
    let first = makeRoom(this.#weights, this.#first, left);
    // What was on show in the turns that go is told with the rest.
    while (first < this.#weights.length - 1 && this.#thread(first) > left) first++;
    const most = this.#room - this.#thread(first);
    if (tokensOf(rounds.flat()) > most) rounds = compactRounds(rounds, most, asked);
    return this.#input(first, rounds);
  }

  /** Tokens of the thread from a turn on, with what is told of those before it. */
  #thread(first: number): number {
    return tokensOf(threadItems(this.#options.history, first)) - this.#tooMuch(first);
  }

  /** What we would reckon for the turns from one on beyond what the provider has counted. */
  #tooMuch(first: number): number {
    const { turns } = this.#options.history;
    return turns.slice(first).reduce((sum, { tokens }, at) => sum + tokens - this.#weights[first + at]!, 0);
  }

  #input(first: number, rounds: readonly ModelItem[][]): ModelItem[] {
    return [this.#page, ...threadItems(this.#options.history, first), ...rounds.flat()];
  }
}

/** Tokens for the thread and a turn's rounds, with the summary told. */
export function threadRoom({ prompt, history, locale, contextTokens, answerTokens }: RoomOptions): number {
  const told = tokensOf([pageItem(locale)]) + summaryTokens(history.summary);
  return roomOf({ contextTokens, fixedTokens: prompt.tokens + told, answerTokens });
}

export function summaryTokens(summary: SummaryRow | undefined): number {
  return summary ? tokensOf([pageItem(summary.text)]) : 0;
}
