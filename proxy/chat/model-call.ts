import type { Model, ModelEvent, ModelRequest, TokenUsage } from '../models/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import type { Account, Reservation, UsageRow } from '../storage/types.ts';
import { estimateTokens, estimateUsage, mostInputTokens } from '../tokens.ts';
import type { TurnDeps, TurnInput } from './types.ts';

const NOTHING: TokenUsage = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  estimated: true,
};

/** What a call may use. */
export interface Callable {
  choice: ModelChoice;
  /** Who answers where the first can't. */
  fallback: ModelChoice | null;
}

/**
 * One call of a model, paid for: what it may cost is held before it begins and settled when it has ended. Its usage row is
 * there from the beginning on, so that a crash loses no cost.
 */
export class ModelCall {
  readonly #deps: TurnDeps;
  readonly #input: TurnInput;
  readonly #callable: Callable;
  readonly #request: ModelRequest;
  readonly #startedAt: number;
  readonly #estimate: TokenUsage;
  #firstTokenAt: number | null = null;
  #texts = 0;
  #text = '';
  #row = 0;
  /** Who answers; the price is theirs. */
  #choice: ModelChoice;

  constructor(deps: TurnDeps, input: TurnInput, callable: Callable, request: ModelRequest) {
    this.#deps = deps;
    this.#input = input;
    this.#callable = callable;
    this.#choice = callable.choice;
    this.#request = request;
    this.#startedAt = deps.now();
    this.#estimate = estimateUsage(request, '');
  }

  get model(): Model {
    const { choice, fallback } = this.#callable;
    return this.#deps.modelFor(choice, fallback);
  }

  get isFirstText(): boolean {
    return this.#texts === 1;
  }

  /**
   * @param share of the shop's own allowance that it may reach
   * @returns the account that has not so much left; undefined when the call may begin
   */
  async begin(share: number): Promise<Account | undefined> {
    const { storage } = this.#deps;
    const { turn } = this.#input;
    const begun = await storage.beginUsage(
      {
        ...this.#estimate,
        shop: turn.shop,
        threadId: turn.threadId,
        turnId: turn.id,
        model: this.#choice.model,
        firstTokenMs: null,
        durationMs: 0,
        costMicroUsd: null,
        outcome: 'running',
        createdAt: this.#startedAt,
      },
      this.#reservation(share),
    );
    if (begun.outcome === 'spent') return begun.account;
    this.#row = begun.id;
    return undefined;
  }

  saw(event: ModelEvent): void {
    if (event.type === 'fallback') this.#choice = this.#callable.fallback ?? this.#choice;
    if (event.type !== 'text' && event.type !== 'tool_call') return;
    this.#firstTokenAt ??= this.#deps.now();
    if (event.type === 'text') {
      this.#texts++;
      this.#text += event.delta;
    }
  }

  async end(outcome: UsageRow['outcome'], end?: Extract<ModelEvent, { type: 'end' }>): Promise<void> {
    const now = this.#deps.now();
    const usage = end?.usage ?? this.#guess(outcome);
    await this.#deps.storage.endUsage(this.#row, {
      ...usage,
      model: end?.model ?? this.#choice.model,
      firstTokenMs: this.#firstTokenAt === null ? null : this.#firstTokenAt - this.#startedAt,
      durationMs: now - this.#startedAt,
      costMicroUsd: this.#deps.allowances.cost(this.#choice, usage),
      outcome,
    });
  }

  /** Enough for the dearer of the two that may answer. */
  #reservation(share: number): Reservation {
    const { shop, turn } = this.#input;
    const { choice, fallback } = this.#callable;
    const asker = { shop, visitorId: turn.visitorId, address: turn.address };
    const ceiling = { input: mostInputTokens(this.#estimate), output: this.#request.maxOutputTokens };
    const held = this.#deps.allowances.reservation(asker, choice, ceiling, share);
    if (!fallback) return held;
    const other = this.#deps.allowances.reservation(asker, fallback, ceiling, share);
    return { ...held, microUsd: Math.max(held.microUsd, other.microUsd) };
  }

  /**
   * A stream that was cut tells no count. What failed before its first token was not billed as far as we know; but a
   * question that was asked and stopped was read, or asking and stopping would be free.
   */
  #guess(outcome: UsageRow['outcome']): TokenUsage {
    if (this.#firstTokenAt === null && outcome !== 'cancelled') return NOTHING;
    return { ...this.#estimate, outputTokens: estimateTokens(this.#text) };
  }
}
