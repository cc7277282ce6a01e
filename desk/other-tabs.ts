import type { LitElement, ReactiveController } from 'lit';

/** All tabs of this desk in this browser; what they tell each other holds no word of who is in. */
const NAME = 'shop-clerk-desk';

/** Hears at once when another tab has logged in or out, and tells the others. */
export class OtherTabs implements ReactiveController {
  readonly #heard: () => void;
  #channel: BroadcastChannel | null = null;

  /** @param heard the login isn't what it was; whose it is now, the proxy knows */
  constructor(host: LitElement, heard: () => void) {
    this.#heard = heard;
    host.addController(this);
  }

  hostConnected(): void {
    this.#channel = new BroadcastChannel(NAME);
    this.#channel.onmessage = this.#heard;
  }

  hostDisconnected(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  tell(): void {
    this.#channel?.postMessage('login');
  }
}
