import { ChatError } from '../errors.ts';
import type { ModelRequest } from '../models/types.ts';
import type { ModelChoice, Shop } from '../shops/types.ts';
import type { Account } from '../storage/types.ts';
import { armOf } from './arms.ts';
import { type CallDeps, ModelCall, type CallOrigin } from './model-call.ts';

/** The last fifth of an allowance is the cheaper model's, where the shop has one. */
const SHARE_BEFORE_CHEAPER = 0.8;

interface Payable {
  choice: ModelChoice;
  /** Who answers where it can't; paid by the same allowance, so what is held is enough for either. */
  fallback: ModelChoice | null;
  /** Of the shop's own allowance: how far this model may use it up. */
  share: number;
}

/**
 * The models of a shop for this visitor, the best first: of a shop that tests models, the one of the visitor's arm. What
 * the shop does without a model comes after all of them.
 */
export function modelsOf(shop: Shop, visitorId: string): Payable[] {
  const { models, limits } = shop;
  const cheaper = limits.whenSpent.includes('cheaper_model') ? models.cheaper : null;
  const choice = armOf(shop, visitorId)?.model ?? models.default;
  const { fallback } = models;
  const share = cheaper ? SHARE_BEFORE_CHEAPER : 1;
  return [
    // An allowance too small for a dear fallback may still do for the model alone.
    ...(fallback ? [{ choice, fallback, share }] : []),
    { choice, fallback: null, share },
    ...(cheaper ? [{ choice: cheaper, fallback: null, share: 1 }] : []),
  ];
}

/**
 * Which model a turn can still pay. One that is used up stays so for the rest of the turn: an answer that has gone on with
 * the cheaper model doesn't change back in its middle.
 */
export class Spending {
  readonly #deps: CallDeps;
  readonly #origin: CallOrigin;
  readonly #models: Payable[];
  readonly #best: ModelChoice | undefined;
  #spent: Account | undefined;

  constructor(deps: CallDeps, origin: CallOrigin) {
    this.#deps = deps;
    this.#origin = origin;
    this.#models = modelsOf(origin.shop, origin.visitorId);
    this.#best = this.#models[0]?.choice;
  }

  /**
   * Begins a call of the best model that can be paid.
   * @returns null when the shop can't pay any
   * @throws ChatError `limit_reached` when the visitor or the address has used up what they may
   */
  async begin(request: ModelRequest): Promise<ModelCall | null> {
    for (let model = this.#models[0]; model; model = this.#models[0]) {
      const call = new ModelCall(this.#deps, this.#origin, model, request);
      const spent = await call.begin(model.share);
      if (!spent) return call;
      if (!spent.payer.startsWith('shop:')) {
        const [kind] = spent.payer.split(':');
        throw new ChatError('limit_reached', `This ${kind} has used up what one may use.`, this.#until(spent));
      }
      this.#spent = spent;
      this.#models.shift();
    }
    return null;
  }

  /** Whether the best model can't be paid any more. */
  get isReduced(): boolean {
    return this.#models[0]?.choice !== this.#best;
  }

  /** The provider's own count of what a request takes; null where it gives none. */
  async count(request: ModelRequest, signal: AbortSignal): Promise<number | null> {
    const best = this.#models[0];
    return (best && (await this.#deps.modelFor(best.choice).count?.(request, signal))) ?? null;
  }

  /** For when nothing else is left to do. */
  refusal(): ChatError {
    const until = this.#spent && this.#until(this.#spent);
    return new ChatError('budget_spent', "The shop's budget for its assistant is used up for now.", until);
  }

  #until({ period }: Account): { retryAfterMs: number } {
    return { retryAfterMs: this.#deps.allowances.retryAfterMs(/^\d{4}-\d\d$/.test(period) ? 'month' : 'day') };
  }
}
