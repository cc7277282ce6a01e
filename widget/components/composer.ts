import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { sendIcon, stopIcon } from './icons.ts';
import { loadLater } from './later.ts';
import { ActIntent, SendIntent, StopIntent } from './intents.ts';
import { definePiece, Piece } from './piece.ts';

/** The counter appears when this share of the limit is used. */
const COUNT_FROM = 0.9;

/** Where the shopper writes. One button, Send or Stop: the same element, so a change never drops the focus. */
export class Composer extends Piece {
  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
    limit: { attribute: false },
    busy: { type: Boolean },
    unsent: {},
    thread: {},
    draft: {},
    notice: {},
  };

  declare strings: Strings;
  /** Longest message taken, in UTF-16 code units. */
  declare limit: number;
  /** An answer is being written: the button stops it. The shopper may go on typing. */
  declare busy: boolean;
  /** A question that comes back, because it could not be sent yet. */
  declare unsent: string;
  /** Each conversation has its own draft. */
  declare thread: string | null;
  /** What is being written. */
  declare draft: string;
  /** What was done to it, until it changes. */
  declare notice: string;

  constructor() {
    super();
    this.limit = Infinity;
    this.busy = false;
    this.unsent = '';
    this.draft = '';
    this.notice = '';
  }

  get input(): HTMLTextAreaElement {
    return this.querySelector('textarea')!;
  }

  /** Waits for the first drawing, when it is asked together with it. */
  override focus(): void {
    void this.updateComplete.then(() => this.input.focus({ preventScroll: true }));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('unsent')) this.draft ||= this.unsent;
  }

  protected override updated(changed: PropertyValues): void {
    // The first question begins a conversation, and what is written by then is for it.
    if (changed.has('thread') && (changed.get('thread') || !this.draft)) {
      this.dispatchEvent(new ActIntent((chat) => (this.draft = chat.draft())));
    } else if (changed.has('thread') || changed.has('draft')) {
      this.dispatchEvent(new ActIntent((chat) => chat.keepDraft(this.draft)));
    }
    if (!changed.has('draft')) return;
    const { input } = this;
    // Set here and not in the template: the shopper changes it too, and Lit compares with what it set last.
    if (input.value !== this.draft) input.value = this.draft;
    // `field-sizing: content` would do this, but not in every WebKit yet.
    input.style.height = 'auto';
    // What stands in for a text has no say in it.
    input.style.height = this.draft && input.scrollHeight > 0 ? `${input.scrollHeight}px` : '';
  }

  #onKeydown(event: KeyboardEvent): void {
    // While a word is being composed, Enter chooses it; Safari says so only by the key code.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    if (!this.busy) this.#send();
  }

  #onPress(event: MouseEvent): void {
    // The second half of a double click on Send must not stop the answer.
    if (this.busy && event.detail < 2) this.dispatchEvent(new StopIntent());
    if (!this.busy) this.#send();
  }

  #send(): void {
    const text = this.draft.trim();
    if (!text || text.length > this.limit) return;
    this.draft = '';
    this.dispatchEvent(new SendIntent(text));
  }

  #counter(): TemplateResult | typeof nothing {
    const used = this.draft.trim().length;
    if (used < this.limit * COUNT_FROM) return nothing;
    const left = this.limit - used;
    return html`<p class="count ${left < 0 ? 'over' : ''}" id="shopclerk-count">${left < 0 ? this.strings.over(-left) : this.strings.left(left)}</p>`;
  }

  protected override render(): TemplateResult {
    const { strings, busy, draft, notice } = this;
    const text = draft.trim();
    const over = text.length > this.limit;
    return html`<div class="composer" part="composer">
      <div class="field">
        <textarea
          part="input"
          rows="1"
          enterkeyhint="send"
          dir=${draft ? 'auto' : nothing}
          aria-label=${strings.question}
          aria-describedby="shopclerk-count"
          aria-invalid=${over ? 'true' : nothing}
          placeholder=${strings.placeholder}
          @input=${(event: InputEvent) => {
            this.draft = this.input.value;
            this.notice = '';
            if (event.inputType === 'insertFromPaste') void loadLater().then((pieces) => pieces?.tidy(this));
          }}
          @keydown=${(event: KeyboardEvent) => this.#onKeydown(event)}
        ></textarea>
        <button
          class="send"
          part=${busy ? 'stop' : 'send'}
          aria-label=${busy ? strings.stop : strings.send}
          title=${busy ? strings.stop : strings.send}
          aria-disabled=${!busy && (!text || over)}
          @click=${(event: MouseEvent) => this.#onPress(event)}
        >
          ${busy ? stopIcon : sendIcon}
        </button>
      </div>
      ${notice ? html`<p class="count">${notice}</p>` : this.#counter()}
    </div>`;
  }
}

definePiece('shopclerk-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-composer': Composer;
  }
}
