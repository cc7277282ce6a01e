import { ChatError } from '../errors.ts';
import type { ModelRequest } from '../models/types.ts';
import type { ModelChoice, Shop } from '../shops/types.ts';
import type { Account } from '../storage/types.ts';
import { ModelCall } from './model-call.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** The last fifth of an allowance is the cheaper model's, where the shop has one. */
const SHARE_BEFORE_CHEAPER = 0.8;

interface Payable {
  choice: ModelChoice;
  /** Who answers where it can't; paid by the same allowance, so what is held is enough for either. */
  fallback: ModelChoice | null;
  /** Of the shop's own allowance: how far this model may use it up. */
  share: number;
}

/** The models of a shop, the best first. What the shop does without a model comes after all of them. */
export function modelsOf({ models, limits }: Shop): Payable[] {
  const cheaper = limits.whenSpent.includes('cheaper_model') ? models.cheaper : null;
  const { default: choice, fallback } = models;
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
  readonly #deps: TurnDeps;
  readonly #input: TurnInput;
  readonly #models: Payable[];
  #spent: Account | undefined;

  constructor(deps: TurnDeps, input: TurnInput) {
    this.#deps = deps;
    this.#input = input;
    this.#models = modelsOf(input.shop);
  }

  /**
   * Begins a call of the best model that can be paid.
   * @returns null when the shop can't pay any
   * @throws ChatError `limit_reached` when the visitor or the address has used up what they may
   */
  async begin(request: ModelRequest): Promise<ModelCall | null> {
    for (let model = this.#models[0]; model; model = this.#models[0]) {
      const call = new ModelCall(this.#deps, this.#input, model, request);
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

  /** For when nothing else is left to do. */
  refusal(): ChatError {
    const until = this.#spent && this.#until(this.#spent);
    return new ChatError('budget_spent', "The shop's budget for its assistant is used up for now.", until);
  }

  #until({ period }: Account): { retryAfterMs: number } {
    return { retryAfterMs: this.#deps.allowances.retryAfterMs(/^\d{4}-\d\d$/.test(period) ? 'month' : 'day') };
  }
}
