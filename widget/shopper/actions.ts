import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Feedback } from '../../proxy/protocol/index.ts';
import { ActIntent, AnnounceIntent, RetryIntent } from '../components/intents.ts';
import { TellIntent } from '../components/later-intents.ts';
import { definePiece } from '../components/piece.ts';
import type { Chat } from '../controllers/types.ts';
import { shopperStrings } from '../i18n/en-shopper.ts';
import type { Strings } from '../i18n/index.ts';
import type { ShopperStrings } from '../i18n/types.ts';
import type { Message } from '../state/state.ts';
import { asMarkdown } from './copy.ts';
import { feedbackForm } from './feedback-form.ts';
import { rate } from './feedback.ts';
import { againIcon, badIcon, copyIcon, goodIcon } from './icons.ts';
import { FeedbackEvent } from '../later-events.ts';
import { ShopperPiece } from './piece.ts';

interface Button {
  name: string;
  icon: TemplateResult;
  act: () => void;
  /** Of a button that stays pressed. */
  pressed?: boolean;
}

/** What can be done with a finished answer: copied, judged, asked for once more. */
export class Actions extends ShopperPiece {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    strings: { attribute: false },
    last: { type: Boolean },
    asking: { state: true },
  };

  declare message: Message;
  declare strings: Strings;
  /** Only the last answer can be asked for again. */
  declare last: boolean;
  /** Key of the answer of which it is asked what was wrong. */
  declare protected asking: string | null;

  get #words(): ShopperStrings {
    return shopperStrings(this.strings);
  }

  /** The proxy has it under this id; what it never got can't be judged. */
  get #isKept(): boolean {
    return !this.message.id.includes(':');
  }

  #say(text: string): void {
    this.dispatchEvent(new AnnounceIntent(text));
  }

  async #copy(): Promise<void> {
    const { copied, copyFailed } = this.#words;
    try {
      await navigator.clipboard.writeText(asMarkdown(this.message));
      this.#say(copied);
    } catch {
      // No permission, or a page without TLS.
      this.#say(copyFailed);
    }
  }

  #withChat(act: (chat: Chat) => Promise<void>): void {
    this.dispatchEvent(new ActIntent((chat) => void act(chat)));
  }

  async #rate(chat: Chat, id: string, feedback: Feedback | null): Promise<boolean> {
    const told = await rate(chat, id, feedback);
    if (told) this.dispatchEvent(new TellIntent((source) => new FeedbackEvent(source, id, feedback)));
    return told;
  }

  #press(rating: Feedback['rating']): void {
    const { id, key, feedback } = this.message;
    const next: Feedback | null = feedback?.rating === rating ? null : { rating };
    this.asking = next?.rating === 'down' ? key : null;
    this.#withChat(async (chat) => {
      if (!(await this.#rate(chat, id, next))) this.asking = null;
      else this.#say(next ? this.#words.thanks : this.#words.takenBack);
    });
  }

  #close(): void {
    this.asking = null;
    this.querySelector<HTMLElement>('[aria-pressed=true]')?.focus();
  }

  #explain(feedback: Feedback): void {
    this.#close();
    this.#withChat(async (chat) => {
      if (await this.#rate(chat, this.message.id, feedback)) this.#say(this.#words.thanks);
    });
  }

  #buttons(): Button[] {
    const { message, last } = this;
    const { copy, good, bad, again } = this.#words;
    const rating = message.feedback?.rating;
    const buttons: Button[] = [];
    if (asMarkdown(message)) buttons.push({ name: copy, icon: copyIcon, act: () => void this.#copy() });
    if (this.#isKept && message.status !== 'failed') {
      buttons.push({ name: good, icon: goodIcon, pressed: rating === 'up', act: () => this.#press('up') });
      buttons.push({ name: bad, icon: badIcon, pressed: rating === 'down', act: () => this.#press('down') });
    }
    // What has failed has a button of its own.
    if (last && message.status !== 'failed') {
      buttons.push({ name: again, icon: againIcon, act: () => void this.dispatchEvent(new RetryIntent()) });
    }
    return buttons;
  }

  protected override render(): TemplateResult | typeof nothing {
    const buttons = this.#buttons();
    if (buttons.length === 0) return nothing;
    const words = this.#words;
    const form = feedbackForm({
      id: `shopclerk-${this.message.key.replace(/\W/g, '-')}`,
      words,
      onSend: (feedback) => this.#explain(feedback),
      onSkip: () => this.#close(),
    });
    return html`<div class="actions" part="actions" role="group" aria-label=${words.actions}>
        ${buttons.map(
          ({ name, icon, act, pressed }) =>
            html`<button aria-label=${name} title=${name} aria-pressed=${pressed ?? nothing} @click=${act}>${icon}</button>`,
        )}
      </div>
      ${this.asking === this.message.key ? form : nothing}`;
  }
}

definePiece('shopclerk-actions', Actions);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-actions': Actions;
  }
}
