import { FailureEvent, type Source } from '../events.ts';
import { report } from '../report.ts';
import { initialState, type ChatState, type Failure } from '../state/state.ts';
import { trouble } from '../transport/load.ts';
import { proxyOf } from './chat-of.ts';
import type { Host } from './host.ts';

/** What the page hears of the conversation: what has changed since it was told last. */
export class News {
  readonly #host: Host;
  readonly #source: () => Source;
  told: ChatState = initialState;

  constructor(host: Host, source: () => Source) {
    this.#host = host;
    this.#source = source;
  }

  /** The conversation was left: its messages are none of the next one's. What else has changed is told all the same. */
  forget(): void {
    const { connection, agreed, threadId } = this.told;
    this.told = { ...initialState, connection, agreed, threadId };
  }

  tell(): void {
    const { state } = this.#host;
    for (const event of report(this.told, state, this.#source())) {
      if (event instanceof FailureEvent) this.#explain(event.failure);
      this.#host.dispatchEvent(event);
    }
    this.told = state;
  }

  /** What keeps the whole chat from working, or is the page's to mend; not every answer that went wrong. */
  #explain(failure: Failure): void {
    const host = this.#host;
    if (failure !== host.state.failure && failure.code !== 'identity_invalid') return;
    const at = { shop: host.shop, proxy: proxyOf(host), origin: location.origin };
    void trouble.bring().then((pieces) => console.error(pieces?.explain(failure, at) ?? `Shop Clerk: ${failure.code}`));
  }
}
