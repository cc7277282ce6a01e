import type { ModelItem } from '../models/types.ts';
import { askedAgain, compactRounds } from './compact.ts';
import { pageItem, type Prompt } from './context.ts';
import { makeRoom, newerHalf, roomOf, windowStart } from './context-window.ts';
import { threadItems, tokensOf, type History } from './history.ts';

/** Our guess is too high by a third and more; what is this much over may fit, and the provider can say so. */
const MAYBE = 0.75;

export interface ContextOptions {
  prompt: Prompt;
  history: History;
  /** BCP 47: of the page. */
  locale: string;
  /** For the whole request and its answer. */
  contextTokens: number;
  answerTokens: number;
}

/** The provider's own count of a request with this input; null where it gives none. */
export type CountInput = (input: readonly ModelItem[]) => Promise<number | null>;

/** What the model is told in a turn besides the prompt: the page, the thread, and what the turn's rounds added. */
export class TurnContext {
  readonly #options: ContextOptions;
  readonly #page: ModelItem;
  readonly #weights: readonly number[];
  /** Tokens for thread and rounds. */
  readonly #room: number;
  readonly #rounds: ModelItem[][] = [];
  #first: number;
  #isTrimmed = false;
  /** One that can't count, or not in time, isn't asked again in this turn. */
  #counts = true;

  constructor(options: ContextOptions) {
    const { history, locale } = options;
    this.#options = options;
    this.#page = pageItem(locale);
    this.#weights = history.turns.map(({ tokens }) => tokens);
    this.#room = threadRoom(options);
    this.#first = windowStart(this.#weights, this.#room);
  }

  /** @param items what the model made, and what its tools answered */
  addRound(items: readonly ModelItem[]): void {
    this.#rounds.push([...items]);
  }

  /** For the next call of the model. The provider is asked once at the most, and only when it may make a difference. */
  async input(count: CountInput): Promise<ModelItem[]> {
    const whole = this.#input(this.#first, this.#rounds);
    if (this.#isTrimmed) return this.#input(this.#first, compactRounds(this.#rounds, 0));
    const tokens = tokensOf(whole.slice(1));
    if (tokens <= this.#room || (await this.#maySend(whole, tokens, count))) return whole;
    return this.#fitted();
  }

  /** The provider says that it was too long. @returns false when nothing is left to leave out */
  trim(): boolean {
    const { turns } = this.#options.history;
    if (this.#isTrimmed || (turns.length - this.#first <= 1 && this.#rounds.length === 0)) return false;
    this.#isTrimmed = true;
    this.#first = newerHalf(turns.length, this.#first);
    return true;
  }

  async #maySend(whole: readonly ModelItem[], tokens: number, count: CountInput): Promise<boolean> {
    const { contextTokens, answerTokens, prompt } = this.#options;
    const most = contextTokens - answerTokens;
    if (!this.#counts || (prompt.tokens + tokens) * MAYBE > most) return false;
    const counted = await count(whole);
    this.#counts = counted !== null;
    return counted !== null && counted <= most;
  }

  /** First this turn's older outputs in fewer words, then without the oldest turns, then the newest outputs as well. */
  #fitted(): ModelItem[] {
    const { history } = this.#options;
    const older = this.#rounds.slice(0, -1);
    const newest = this.#rounds.slice(-1);
    const asked = askedAgain(this.#rounds);
    const thread = (first: number) => tokensOf(threadItems(history, first));
    const used = tokensOf(newest.flat());
    let rounds = [...compactRounds(older, this.#room - thread(this.#first) - used, asked), ...newest];
    const left = this.#room - tokensOf(rounds.flat());
    let first = makeRoom(this.#weights, this.#first, left);
    // What was on show in the turns that go is told with the rest.
    while (first < this.#weights.length - 1 && thread(first) > left) first++;
    const most = this.#room - thread(first);
    if (tokensOf(rounds.flat()) > most) rounds = compactRounds(rounds, most, asked);
    return this.#input(first, rounds);
  }

  #input(first: number, rounds: readonly ModelItem[][]): ModelItem[] {
    return [this.#page, ...threadItems(this.#options.history, first), ...rounds.flat()];
  }
}

/** Tokens for the thread and a turn's rounds, with the summary told. */
export function threadRoom({ prompt, history, locale, contextTokens, answerTokens }: ContextOptions): number {
  const { summary } = history;
  const told = tokensOf([pageItem(locale)]) + (summary ? tokensOf([pageItem(summary.text)]) : 0);
  return roomOf({ contextTokens, fixedTokens: prompt.tokens + told, answerTokens });
}
