import type { ModelEvent, ModelRequest, TokenUsage } from '../models/types.ts';
import type { UsageRow } from '../storage/types.ts';
import { estimateUsage } from '../tokens.ts';
import type { TurnDeps, TurnInput } from './types.ts';

const NOTHING: TokenUsage = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  estimated: true,
};

/** Measures one call of the model and keeps its usage row: there from the beginning on, so that a crash loses no cost. */
export class ModelCall {
  readonly #deps: TurnDeps;
  readonly #turn: TurnInput['turn'];
  readonly #model: string;
  readonly #request: ModelRequest;
  readonly #startedAt: number;
  #firstTokenAt: number | null = null;
  #texts = 0;
  #text = '';
  #row: number | undefined;

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
      this.#text += event.delta;
    }
  }

  async begin(): Promise<void> {
    this.#row = await this.#deps.storage.beginUsage({
      ...estimateUsage(this.#request, ''),
      shop: this.#turn.shop,
      threadId: this.#turn.threadId,
      turnId: this.#turn.id,
      model: this.#model,
      firstTokenMs: null,
      durationMs: 0,
      outcome: 'running',
      createdAt: this.#startedAt,
    });
  }

  async end(outcome: UsageRow['outcome'], end?: Extract<ModelEvent, { type: 'end' }>): Promise<void> {
    const now = this.#deps.now();
    // A stream that was cut tells no count; where nothing came at all, nothing was billed as far as we know.
    const usage = end?.usage ?? (this.#firstTokenAt === null ? NOTHING : estimateUsage(this.#request, this.#text));
    await this.#deps.storage.endUsage(this.#row!, {
      ...usage,
      model: end?.model ?? this.#model,
      firstTokenMs: this.#firstTokenAt === null ? null : this.#firstTokenAt - this.#startedAt,
      durationMs: now - this.#startedAt,
      outcome,
    });
  }
}
