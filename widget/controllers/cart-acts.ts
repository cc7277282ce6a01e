import type { CartOutcome, ClientToolEvent } from '../../proxy/protocol/index.ts';
import type { CartResult } from '../cart/types.ts';
import type { ActMemory } from '../state/act-memory.ts';
import type { Action } from '../state/reducer.ts';
import type { Transport } from '../transport/types.ts';
import { TransportError } from '../transport/types.ts';
import type { CartDesk } from './cart-desk.ts';

export interface CartActsOptions extends ActsWiring {
  transport: Transport;
  desk: CartDesk;
  memory: ActMemory;
}

/** What ties the acts to their conversation. */
export interface ActsWiring {
  dispatch: (action: Action) => void;
  /** Aborted when the host leaves the page. */
  life: () => AbortSignal;
}

interface Waiting {
  event: Extract<ClientToolEvent, { name: 'add_to_cart' }>;
  turnId: string;
}

/** No turn asks for more at once. */
const MAX_WAITING = 10;

/** What the assistant wants done in the shopper's cart. An addition waits for the shopper; what was done once is only told again. */
export class CartActs {
  readonly #options: CartActsOptions;
  #waiting = new Map<string, Waiting>();

  constructor(options: CartActsOptions) {
    this.#options = options;
  }

  receive(event: ClientToolEvent, turnId: string): void {
    const { call_id: callId } = event;
    const { memory } = this.#options;
    // What a turn of before left open, it no longer waits for.
    for (const [id, waiting] of this.#waiting) if (waiting.turnId !== turnId) this.#waiting.delete(id);
    if (event.name === 'view_cart') return void this.#look(callId, turnId);
    if (event.name !== 'add_to_cart') return;
    const done = memory.outcome(callId);
    if (done === undefined) {
      if (this.#waiting.size < MAX_WAITING) this.#waiting.set(callId, { event, turnId });
      return;
    }
    // The page went away in the middle of it: it may be in the cart or not, and a second one would be worse.
    void this.#settle(callId, turnId, done ?? { ok: false, code: 'network' });
  }

  /** It has ended, here or elsewhere: there is nothing left to answer. */
  settled(callId: string): void {
    this.#waiting.delete(callId);
  }

  /** The shopper has moved on: what waits is not done any more. */
  drop(): void {
    this.#waiting.clear();
  }

  async answer(callId: string, agreed: boolean): Promise<void> {
    const waiting = this.#waiting.get(callId);
    if (!waiting) return;
    this.#waiting.delete(callId);
    const { turnId, event } = waiting;
    if (!agreed) return this.#settle(callId, turnId, { ok: false, code: 'declined' });
    this.#options.dispatch({ type: 'act_changed', callId, progress: 'acting' });
    // Another tab does it already, and the turn will tell this one how it ended.
    if (!this.#options.memory.claim(callId)) return;
    // Before it is done: a reload in the middle must find it.
    this.#options.memory.keep(callId, null);
    return this.#settle(callId, turnId, await this.#add(event));
  }

  async #add({ arguments: { product, variant_id, quantity } }: Waiting['event']): Promise<CartResult> {
    const variant = product.variants.find(({ id }) => id === variant_id);
    if (!variant) return { ok: false, code: 'choose_option' };
    const { desk, life } = this.#options;
    return desk.add({ product, variant, options: variant.options, quantity }, life());
  }

  async #look(callId: string, turnId: string): Promise<void> {
    const { desk, life, dispatch } = this.#options;
    const outcome = await desk.look(life());
    dispatch({ type: 'act_changed', callId, progress: outcome });
    await this.#tell(callId, turnId, outcome);
  }

  async #settle(callId: string, turnId: string, result: CartResult | CartOutcome): Promise<void> {
    const outcome: CartOutcome = result.ok ? { ok: true, ...(result.cart && { cart: result.cart }) } : result;
    this.#options.memory.keep(callId, outcome);
    const undo = 'undo' in result && result.undo;
    this.#options.dispatch({ type: 'act_changed', callId, progress: outcome, ...(undo && { undo }) });
    await this.#tell(callId, turnId, outcome);
  }

  /** A refusal means that the turn waits no longer, or that another tab was faster: either way the proxy knows enough. */
  async #tell(callId: string, turnId: string, outcome: CartOutcome): Promise<void> {
    const { transport, life } = this.#options;
    try {
      await transport.toolResult(turnId, callId, outcome, life());
    } catch (error) {
      if (!(error instanceof TransportError) && !life().aborted) throw error;
    }
  }
}
