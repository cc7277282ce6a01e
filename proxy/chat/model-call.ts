import type { Model, ModelEvent, ModelRequest, TokenUsage } from '../models/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import type { Account, UsageRow } from '../storage/types.ts';
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

/**
 * One call of a model, paid for: what it may cost is held before it begins and settled when it has ended. Its usage row is
 * there from the beginning on, so that a crash loses no cost.
 */
export class ModelCall {
  readonly #deps: TurnDeps;
  readonly #input: TurnInput;
  readonly #choice: ModelChoice;
  readonly #request: ModelRequest;
  readonly #startedAt: number;
  readonly #estimate: TokenUsage;
  #firstTokenAt: number | null = null;
  #texts = 0;
  #text = '';
  #row = 0;

  constructor(deps: TurnDeps, input: TurnInput, choice: ModelChoice, request: ModelRequest) {
    this.#deps = deps;
    this.#input = input;
    this.#choice = choice;
    this.#request = request;
    this.#startedAt = deps.now();
    this.#estimate = estimateUsage(request, '');
  }

  get model(): Model {
    return this.#deps.modelFor(this.#choice);
  }

  get isFirstText(): boolean {
    return this.#texts === 1;
  }

  /**
   * @param share of the shop's own allowance that it may reach
   * @returns the account that has not so much left; undefined when the call may begin
   */
  async begin(share: number): Promise<Account | undefined> {
    const { allowances, storage } = this.#deps;
    const { shop, turn } = this.#input;
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
      allowances.reservation(
        { shop, visitorId: turn.visitorId, address: turn.address },
        this.#choice,
        { input: mostInputTokens(this.#estimate), output: this.#request.maxOutputTokens },
        share,
      ),
    );
    if (begun.outcome === 'spent') return begun.account;
    this.#row = begun.id;
    return undefined;
  }

  sawToken(event: ModelEvent): void {
    if (event.type === 'end') return;
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

  /**
   * A stream that was cut tells no count. What failed before its first token was not billed as far as we know; but a
   * question that was asked and stopped was read, or asking and stopping would be free.
   */
  #guess(outcome: UsageRow['outcome']): TokenUsage {
    if (this.#firstTokenAt === null && outcome !== 'cancelled') return NOTHING;
    return { ...this.#estimate, outputTokens: estimateTokens(this.#text) };
  }
}
