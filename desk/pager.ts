import type { LitElement, ReactiveController } from 'lit';
import { wordsOf } from './api.ts';

/** Puts the next page of a list behind what is there. */
export class Pager implements ReactiveController {
  pending = false;
  problem = '';
  readonly #host: LitElement;
  #running: AbortController | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  /** @param load the page; @param add puts it behind the others */
  async next<P>(load: (signal: AbortSignal) => Promise<P>, add: (page: P) => void): Promise<void> {
    if (this.pending) return;
    const running = new AbortController();
    this.#running = running;
    this.pending = true;
    this.problem = '';
    this.#host.requestUpdate();
    try {
      add(await load(running.signal));
    } catch (error) {
      if (!running.signal.aborted) this.problem = wordsOf(error);
    } finally {
      this.pending = false;
      this.#host.requestUpdate();
    }
  }
}
