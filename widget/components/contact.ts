import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { ShopContact, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Letter } from '../controllers/types.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { ContactWords } from '../i18n/types.ts';
import type { Failure } from '../state/state.ts';
import { contactForm, MAX_MESSAGE, type Refusals } from './contact-form.ts';
import { failureText } from './failure-text.ts';
import { AnnounceIntent } from './intents.ts';
import { LaterPiece } from './later-piece.ts';
import { LetterIntent } from './letter-intent.ts';
import { contactLinks } from './contact-links.ts';
import { openingHours } from './opening-hours.ts';
import { definePiece } from './piece.ts';

/** Of the elements in one shadow root, each needs ids of its own. */
let made = 0;

/** A button that becomes a form to write to the people of the shop, and then the word that it is sent. */
export class ContactView extends LaterPiece {
  static override properties: PropertyDeclarations = {
    contact: { attribute: false },
    strings: { attribute: false },
    shop: { attribute: false },
    alone: { type: Boolean },
    step: { reflect: true },
    refusals: { state: true },
  };

  declare contact: ShopContact;
  declare strings: Strings;
  declare shop: ShopSettings | null;
  /** Not part of a notice: it says itself who can be found and how, and is nothing while it is folded. */
  declare alone: boolean;
  declare step: 'folded' | 'open' | 'sending' | 'sent';
  declare protected refusals: Refusals;
  readonly #id = `shopclerk-contact-${++made}`;
  /** Stays when the form is folded or the panel closed, and nowhere but here. */
  #letter: Letter = { name: '', email: '', message: '', talk: false };
  #intent = new LetterIntent();

  constructor() {
    super();
    this.alone = false;
    this.step = 'folded';
    this.refusals = {};
  }

  get #words(): ContactWords {
    return laterStrings(this.strings).contactForm;
  }

  /** Opens it, with the focus where one begins. */
  begin(): void {
    this.#intent = new LetterIntent();
    this.dispatchEvent(this.#intent);
    const { about, talk } = this.#intent;
    // In a notice it is the question that nobody answered; from the menu it would be some question that was.
    if (!this.alone) this.#letter.message ||= about.slice(0, MAX_MESSAGE);
    this.#letter.talk &&= talk;
    if (this.step !== 'sending') this.step = 'open';
    // All of it where it fits, down to its buttons.
    void this.updateComplete.then(() => this.querySelector('form')?.scrollIntoView({ block: 'nearest' }));
    void this.#focus('input', 'a', 'button');
  }

  /** The first of these that is there, once it is drawn. */
  async #focus(...selectors: string[]): Promise<void> {
    await this.updateComplete;
    for (const selector of selectors) {
      const element = this.querySelector<HTMLElement>(selector);
      if (element) return element.focus();
    }
  }

  #fold(): void {
    this.step = 'folded';
    this.refusals = {};
    if (!this.alone) void this.#focus('button');
    // From where it was opened.
    else (this.getRootNode() as ShadowRoot).querySelector<HTMLElement>('[part=menu]')?.focus();
  }

  #edit(change: Partial<Letter>): void {
    Object.assign(this.#letter, change);
    // An empty field has the page's direction, a filled one its text's.
    this.requestUpdate();
    const stale = Object.keys(change)[0] as keyof Letter;
    if (this.refusals[stale]) this.refusals = { ...this.refusals, [stale]: undefined };
  }

  async #send(form: HTMLFormElement): Promise<void> {
    const { deliver } = this.#intent;
    if (this.step === 'sending' || !deliver) return;
    this.refusals = this.#missing(form);
    if (Object.keys(this.refusals).length > 0) return this.#focus('[aria-invalid=true]');
    const letter = { ...this.#letter, name: this.#letter.name.trim(), email: this.#letter.email.trim() };
    this.step = 'sending';
    this.#say(this.#words.sending);
    const failure = await deliver(letter);
    if (!this.isConnected) return;
    const focused = this.contains((this.getRootNode() as ShadowRoot).activeElement);
    if (failure) {
      this.step = 'open';
      this.#refuse(failure);
    } else {
      this.step = 'sent';
      this.#letter.message = '';
      this.#say(`${this.#words.sent} ${letter.email}`);
    }
    if (focused) await this.#focus(failure ? '[aria-invalid=true]' : '.contact-sent');
    // What went wrong stands above it.
    if (failure) this.querySelector('.primary')?.scrollIntoView({ block: 'nearest' });
  }

  #missing(form: HTMLFormElement): Refusals {
    const { email, message } = this.#letter;
    const { emailMissing, emailWrong, messageMissing } = this.#words;
    const wrong = form.querySelector<HTMLInputElement>('[type=email]')!.validity.valid ? undefined : emailWrong;
    const refused = email.trim() ? wrong : emailMissing;
    return { ...(refused && { email: refused }), ...(!message.trim() && { message: messageMissing }) };
  }

  /** Said at the field that it is about, where there is one. */
  #refuse(failure: Failure): void {
    const { emailWrong, messageMissing, talkGone } = this.#words;
    const { code } = failure;
    const text = failureText(failure, this.strings);
    // Of what the form can send, only an address can look right here and wrong to the proxy.
    if (code === 'invalid_request') this.refusals = { email: emailWrong };
    else if (code === 'message_empty') this.refusals = { message: messageMissing };
    else if (code === 'message_too_long' || code === 'body_too_large') this.refusals = { message: text };
    else if (code === 'thread_not_found') this.refusals = { talk: talkGone };
    else {
      this.refusals = { all: text };
      this.#say(text);
    }
  }

  #say(text: string): void {
    this.dispatchEvent(new AnnounceIntent(text));
  }

  #inside(): TemplateResult | typeof nothing {
    const { alone, step, strings, shop } = this;
    const words = this.#words;
    if (step === 'folded') {
      return html`<button class="primary" part="contact-open" @click=${() => this.begin()}>${words.write}</button>`;
    }
    const close = alone
      ? html`<button class="decline" type="button" @click=${() => this.#fold()}>${words.close}</button>`
      : nothing;
    if (step === 'sent') {
      return html`<p class="contact-sent" part="contact-sent" tabindex="-1">
          ✓ ${words.sent} <bdi>${this.#letter.email.trim()}</bdi>
        </p>
        ${close}`;
    }
    if (!this.contact.form) return close;
    return contactForm(this.#letter, {
      id: this.#id,
      words,
      strings,
      privacy: shop?.privacy_url,
      talk: this.#intent.talk,
      sending: step === 'sending',
      refusals: this.refusals,
      onEdit: (change) => this.#edit(change),
      onSend: (form) => void this.#send(form),
      onCancel: () => this.#fold(),
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { alone, step, strings, contact } = this;
    const { contactUs, notices } = laterStrings(strings);
    if (!alone) return this.#inside();
    if (step === 'folded') return nothing;
    return html`<div class="notice" part="notice" role="group" aria-label=${contactUs}>
      <p>${notices.contact}</p>
      ${openingHours(contact, strings)} ${contactLinks(contact, strings)} ${this.#inside()}
    </div>`;
  }
}

definePiece('shopclerk-contact', ContactView);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-contact': ContactView;
  }
}
