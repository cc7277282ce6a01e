import type { ModelEvent, ModelRequest, TokenUsage } from '../models/types.ts';
import type { UsageRow } from '../storage/types.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** Measures one call of the model and writes its row. */
export class ModelCall {
  readonly #deps: TurnDeps;
  readonly #turn: TurnInput['turn'];
  readonly #model: string;
  readonly #request: ModelRequest;
  readonly #startedAt: number;
  #firstTokenAt: number | null = null;
  #texts = 0;
  #textLength = 0;

  constructor(deps: TurnDeps, turn: TurnInput['turn'], model: string, request: ModelRequest) {
    this.#deps = deps;
    this.#turn = turn;
    this.#model = model;
    this.#request = request;
    this.#startedAt = deps.now();
  }

  get isFirstText(): boolean {
    return this.#texts === 1;
  }

  sawToken(event: ModelEvent): void {
    if (event.type === 'end') return;
    this.#firstTokenAt ??= this.#deps.now();
    if (event.type === 'text') {
      this.#texts++;
      this.#textLength += event.delta.length;
    }
  }

  async save(outcome: UsageRow['outcome'], end?: Extract<ModelEvent, { type: 'end' }>): Promise<void> {
    const now = this.#deps.now();
    const usage = end?.usage ?? this.#estimate();
    await this.#deps.storage.addUsage({
      ...usage,
      shop: this.#turn.shop,
      threadId: this.#turn.threadId,
      turnId: this.#turn.id,
      model: end?.model ?? this.#model,
      firstTokenMs: this.#firstTokenAt === null ? null : this.#firstTokenAt - this.#startedAt,
      durationMs: now - this.#startedAt,
      outcome,
      createdAt: now,
    });
  }

  /**
   * A stream that was cut tells no count. If nothing came, nothing was billed as far as we know; else a guess of a
   * token for every three characters, which errs upwards, and is marked as a guess.
   */
  #estimate(): TokenUsage {
    const { instructions, input, tools } = this.#request;
    const asked = this.#firstTokenAt === null ? 0 : instructions.length + JSON.stringify([input, tools]).length;
    return {
      inputTokens: Math.ceil(asked / 3),
      cachedTokens: 0,
      cacheWriteTokens: 0,
      outputTokens: Math.ceil(this.#textLength / 3),
      reasoningTokens: 0,
      estimated: true,
    };
  }
}
