import { ChatError } from '../errors.ts';
import type { Model, ModelEvent, ModelRequest, TokenUsage } from '../models/types.ts';
import type { ErrorCode } from '../protocol/index.ts';
import type { ModelChoice, Shop } from '../shops/types.ts';
import type { Account, CallOutcome, Reservation, UsagePurpose } from '../storage/types.ts';
import { estimateTokens, estimateUsage, mostInputTokens } from '../tokens.ts';
import { armOf } from './arms.ts';
import type { TurnDeps, TurnInput } from './types.ts';

const NOTHING: TokenUsage = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  estimated: true,
};
/** Of a part that a provider's own search has found; ours are sent to be cut so. */
const PART_TOKENS = 800;
/** Of the name by which a provider calls the model that answered. */
const MAX_NAME = 200;

export type CallDeps = Pick<TurnDeps, 'storage' | 'modelFor' | 'allowances' | 'watch' | 'log' | 'now'>;

/** For whom a model is called, and what the call belongs to. */
export interface CallOrigin {
  shop: Shop;
  visitorId: string;
  address: string;
  threadId: string;
  turnId: string;
  purpose: UsagePurpose;
}

/** What a call may use. */
export interface Callable {
  choice: ModelChoice;
  /** Who answers where the first can't. */
  fallback: ModelChoice | null;
}

/** A call of this turn that makes its answer. */
export function forAnswer({ shop, turn }: Pick<TurnInput, 'shop' | 'turn'>): CallOrigin {
  const { visitorId, address, threadId, id } = turn;
  return { shop, visitorId, address, threadId, turnId: id, purpose: turn.own ? 'own' : 'answer' };
}

/**
 * One call of a model, paid for: what it may cost is held before it begins and settled when it has ended. Its usage row is
 * there from the beginning on, so that a crash loses no cost. In this order: `begin`, `saw` for every event of
 * `model.stream(…)`, and `end` in any case.
 */
export class ModelCall {
  readonly #deps: CallDeps;
  readonly #origin: CallOrigin;
  readonly #callable: Callable;
  readonly #request: ModelRequest;
  readonly #startedAt: number;
  readonly #estimate: TokenUsage;
  #firstTokenAt: number | null = null;
  #texts = 0;
  /** That the provider has made by itself. */
  #searches = 0;
  #text = '';
  #failedTries = 0;
  #row = 0;
  /** Who answers; the price is theirs. */
  #choice: ModelChoice;

  constructor(deps: CallDeps, origin: CallOrigin, callable: Callable, request: ModelRequest) {
    this.#deps = deps;
    this.#origin = origin;
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
    const { shop, visitorId, threadId, turnId, purpose } = this.#origin;
    const searches = this.#request.hosted?.maxSearches ?? 0;
    const begun = await storage.beginUsage(
      {
        ...this.#estimate,
        shop: shop.slug,
        threadId,
        turnId,
        model: this.#choice.model,
        firstTokenMs: null,
        durationMs: 0,
        costMicroUsd: null,
        outcome: 'running',
        purpose,
        arm: armOf(shop, visitorId)?.name ?? '',
        fromCache: false,
        retries: 0,
        // The searches that it may make: after a crash nothing else says that it was to search at all.
        price: searches > 0 ? this.#deps.allowances.bill(this.#choice, this.#estimate, searches).price : null,
        createdAt: this.#startedAt,
      },
      this.#reservation(share),
    );
    if (begun.outcome === 'spent') return begun.account;
    this.#row = begun.id;
    return undefined;
  }

  saw(event: ModelEvent): void {
    switch (event.type) {
      case 'text':
        this.#firstTokenAt ??= this.#deps.now();
        this.#texts++;
        this.#text += event.delta;
        break;
      case 'tool_call':
        this.#firstTokenAt ??= this.#deps.now();
        break;
      case 'searching':
        this.#firstTokenAt ??= this.#deps.now();
        this.#searches++;
        break;
      case 'fallback':
        this.#noteFallback(event.code);
        this.#choice = this.#callable.fallback ?? this.#choice;
        this.#failedTries += event.failedTries;
        break;
      case 'waiting':
      case 'retried':
        this.#failedTries += event.failedTries;
        break;
      case 'found':
      case 'cited':
      case 'end':
        break;
    }
  }

  /** @param failure what the model threw */
  async end(outcome: CallOutcome, end?: Extract<ModelEvent, { type: 'end' }>, failure?: unknown): Promise<void> {
    const now = this.#deps.now();
    const usage = end?.usage ?? this.#guess(outcome);
    // Of a call that failed the last try is the one that counts.
    const retries = failure instanceof ChatError ? this.#failedTries + failure.tries - 1 : this.#failedTries;
    const figures = {
      firstTokenMs: this.#firstTokenAt === null ? null : this.#firstTokenAt - this.#startedAt,
      retries: Math.max(0, retries),
      outcome,
    };
    const bill = this.#deps.allowances.bill(this.#choice, usage, this.#searches);
    const { shop, turnId, purpose } = this.#origin;
    this.#deps.watch?.called({
      ...figures,
      shop: shop.slug,
      turnId,
      purpose,
      model: this.#choice.model,
      startedAt: this.#startedAt,
      endedAt: now,
      usage,
      costMicroUsd: bill.costMicroUsd,
    });
    await this.#deps.storage.endUsage(this.#row, {
      ...usage,
      ...bill,
      ...figures,
      model: (end?.model || this.#choice.model).slice(0, MAX_NAME),
      durationMs: now - this.#startedAt,
    });
  }

  #noteFallback(code: ErrorCode): void {
    const { shop, threadId: thread, turnId: turn, purpose } = this.#origin;
    const { choice, fallback } = this.#callable;
    const fields = { shop: shop.slug, thread, turn, purpose, model: choice.model, fallback: fallback?.model, code };
    this.#deps.log.warn(fields, 'the fallback model answers');
  }

  /** Enough for the dearer of the two that may answer. */
  #reservation(share: number): Reservation {
    const { choice, fallback } = this.#callable;
    const { hosted, maxOutputTokens: output } = this.#request;
    const searches = hosted?.maxSearches ?? 0;
    // What is found goes into the call as well.
    const found = searches * (hosted?.maxParts ?? 0) * PART_TOKENS;
    const ceiling = { input: mostInputTokens(this.#estimate) + found, output, searches };
    const held = this.#deps.allowances.reservation(this.#origin, choice, ceiling, share);
    if (!fallback) return held;
    const other = this.#deps.allowances.reservation(this.#origin, fallback, ceiling, share);
    return { ...held, microUsd: Math.max(held.microUsd, other.microUsd) };
  }

  /**
   * A stream that was cut tells no count. What failed before its first token was not billed as far as we know; but a
   * question that was asked and stopped was read, or asking and stopping would be free.
   */
  #guess(outcome: CallOutcome): TokenUsage {
    if (this.#firstTokenAt === null && outcome !== 'cancelled') return NOTHING;
    return { ...this.#estimate, outputTokens: estimateTokens(this.#text) };
  }
}
