import { html, type LitElement, type ReactiveController, type TemplateResult } from 'lit';
import { wordsOf } from './api.ts';
import './components/failure.ts';
import './components/skeleton.ts';

/** Who waits longer hears that it loads. */
const SAY_AFTER_MS = 600;

/** What is being loaded, by a key: the same key isn't asked for again. */
export class Loader<T> implements ReactiveController {
  value: T | undefined;
  error: unknown;
  pending = false;
  readonly #host: LitElement;
  readonly #say: (words: string) => void;
  #key: string | undefined;
  #load: ((signal: AbortSignal) => Promise<T>) | undefined;
  #running: AbortController | null = null;
  #slow: ReturnType<typeof setTimeout> | undefined;

  /** @param say how a failure is told to readers of the screen */
  constructor(host: LitElement, say: (words: string) => void) {
    this.#host = host;
    this.#say = say;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#running?.abort();
    this.#running = null;
    this.#key = undefined;
    clearTimeout(this.#slow);
  }

  /** For `willUpdate`. What was there stays until the new is; with `fresh` it goes at once, being of something else. */
  ask(key: readonly unknown[], load: (signal: AbortSignal) => Promise<T>, { fresh = false } = {}): void {
    const text = JSON.stringify(key);
    if (text === this.#key) return;
    this.#key = text;
    this.#load = load;
    if (fresh) this.value = undefined;
    this.again();
  }

  /** Once more, as after a change or a failure. */
  again(): void {
    const load = this.#load;
    if (!load) return;
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.pending = true;
    clearTimeout(this.#slow);
    this.#slow = setTimeout(() => this.#say('Loading…'), SAY_AFTER_MS);
    this.#host.requestUpdate();
    void load(running.signal).then(
      (value) =>
        this.#settle(running, () => {
          this.value = value;
          this.error = undefined;
        }),
      (error: unknown) =>
        this.#settle(running, () => {
          this.error = error;
          this.#say(wordsOf(error));
        }),
    );
  }

  #settle(running: AbortController, change: () => void): void {
    if (running !== this.#running) return;
    this.#running = null;
    clearTimeout(this.#slow);
    this.pending = false;
    change();
    this.#host.requestUpdate();
  }

  /** Changes what is there without asking anew, as where a page is put behind it. */
  replace(value: T): void {
    this.value = value;
    this.#host.requestUpdate();
  }

  /** What was loaded; before it grey lines, and in place of it what went wrong, with a way to try again. */
  render(done: (value: T) => unknown, { lines = 6 } = {}): TemplateResult {
    if (this.error !== undefined && !this.pending) {
      return html`<desk-failure .error=${this.error} @again=${() => this.again()}></desk-failure>`;
    }
    if (this.value === undefined) return html`<desk-skeleton .lines=${lines}></desk-skeleton>`;
    return html`<div class="loaded" aria-busy=${String(this.pending)}>${done(this.value)}</div>`;
  }
}
