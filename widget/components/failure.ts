import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import type { Failure } from '../state/state.ts';
import { alertIcon } from './icons.ts';
import { NewThreadIntent, RetryIntent } from './intents.ts';
import { later, loadLater } from './later.ts';
import { definePiece, Piece } from './piece.ts';

/** The longest wait that timers know, over three weeks. */
const FOREVER_MS = 2 ** 31 - 1;

/** What happened, in the shopper's words; null while those for it are on their way. */
export function failureText(failure: Failure, strings: Strings): string | null {
  const plain: Partial<Record<Failure['code'], string>> = strings.failures;
  return (!failure.retryAfterMs && plain[failure.code]) || (later()?.failureText(failure, strings) ?? null);
}

/** What happened, and one button if there is something to do about it: as soon as it can help, and not before. */
export class FailureView extends Piece {
  static override properties: PropertyDeclarations = {
    what: { attribute: false },
    strings: { attribute: false },
    past: { type: Boolean },
    early: { state: true },
    wordless: { state: true },
  };

  declare what: Failure;
  declare strings: Strings;
  /** The conversation has gone on: only what happened is left to say. */
  declare past: boolean;
  /** The wait that the proxy asked for is not over. */
  declare protected early: boolean;
  /** The words for it can't be had. */
  declare protected wordless: boolean;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('what')) return;
    if (failureText(this.what, this.strings) === null) void this.#findWords();
    clearTimeout(this.#timer);
    const { retryAfterMs = 0 } = this.what;
    this.early = retryAfterMs > 0;
    if (this.early) this.#timer = setTimeout(() => (this.early = false), Math.min(retryAfterMs, FOREVER_MS));
  }

  async #findWords(): Promise<void> {
    this.wordless = (await loadLater()) === null;
    this.requestUpdate();
  }

  #button(): TemplateResult | typeof nothing {
    const { what, strings, early, past } = this;
    if (past || early) return nothing;
    const full = what.code === 'thread_full' || what.code === 'context_too_long';
    if (!full && !what.retryable) return nothing;
    const act = (): void => void this.dispatchEvent(full ? new NewThreadIntent() : new RetryIntent());
    return html`<button @click=${act}>${full ? strings.newChat : strings.retry}</button>`;
  }

  protected override render(): TemplateResult {
    const { what, strings, early, past, wordless } = this;
    const { retryAfterMs: _, ...atOnce } = what;
    const text = failureText(early && !past ? what : atOnce, strings);
    return html`<div class="failure" part="error">
      ${alertIcon}
      <p>${text ?? (wordless ? strings.failures.internal : nothing)}</p>
      ${this.#button()}
    </div>`;
  }
}

definePiece('shopclerk-failure', FailureView);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-failure': FailureView;
  }
}
