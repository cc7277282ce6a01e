import { loadLater } from '../components/later.ts';
import { FailureEvent } from '../events.ts';
import { report } from '../report.ts';
import { initialState, type ChatState, type Failure } from '../state/state.ts';
import { proxyOf } from './chat-of.ts';
import type { Host } from './host.ts';

/** What the page hears of the conversation. */
export class News {
  readonly #host: Host;
  /** What was told last. */
  told: ChatState = initialState;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The conversation was left: the next one begins with nothing. */
  forget(): void {
    this.told = initialState;
  }

  tell(): void {
    const { state, shop } = this.#host;
    for (const event of report(this.told, state, shop)) {
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
    void loadLater().then((pieces) => console.error(pieces?.explain(failure, at) ?? `Shop Clerk: ${failure.code}`));
  }
}
