import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { openThreads } from '../shopper/thread-list.ts';
import { attend, type Attended } from './attention.ts';
import { ActIntent } from './intents.ts';
import { ContactIntent, DeleteIntent, ExportIntent } from './later-intents.ts';
import { LaterPiece } from './later-piece.ts';
import { menuButton } from './menu-button.ts';
import { definePiece } from './piece.ts';
import { canSound, hasSound, setSound } from './sound.ts';

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };

/** The way to the shop's people, and what can be done with the whole conversation. Deleting asks first, in the same place. */
export class Menu extends LaterPiece {
  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
    contact: { type: Boolean },
    talk: { type: Boolean },
    shown: { attribute: false },
  };

  declare strings: Strings;
  /** The shop says where its people are. */
  declare contact: boolean;
  /** There is a conversation. */
  declare talk: boolean;
  /** It comes when somebody has asked for it, and then open. */
  declare shown: 'nothing' | 'items' | 'question';

  constructor() {
    super();
    this.shown = 'nothing';
    this.addEventListener('keydown', this.#onKeydown);
    this.addEventListener('focusout', ({ relatedTarget }) => {
      // Null is a press on no button, or another window: a press inside must not close what it is meant for.
      if (relatedTarget instanceof Node && !this.contains(relatedTarget)) this.shown = 'nothing';
    });
  }

  get #items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  }

  protected override updated(changed: PropertyValues): void {
    // Of a question the safe answer comes last.
    if (changed.has('shown')) this.#items.at(this.shown === 'question' ? -1 : 0)?.focus();
  }

  #onKeydown(event: KeyboardEvent): void {
    const { key } = event;
    if (this.shown === 'nothing') {
      if (key !== 'ArrowDown') return;
      event.preventDefault();
      this.shown = 'items';
      return;
    }
    const items = this.#items;
    const at = items.indexOf(event.target as HTMLElement);
    if (key === 'Tab') this.#close();
    else if (key === 'Escape') {
      this.#close();
      // It closes the menu, and not the panel as well.
      event.stopPropagation();
    } else if (key === 'Home' || key === 'End') items.at(key === 'Home' ? 0 : -1)!.focus();
    else if (STEPS[key]) items.at((at + STEPS[key]) % items.length)!.focus();
    else return;
    if (key !== 'Tab') event.preventDefault();
  }

  #close(): void {
    this.shown = 'nothing';
    this.querySelector('button')!.focus();
  }

  #item(text: string, act: () => void, look = ''): TemplateResult {
    return html`<button role="menuitem" tabindex="-1" class=${look} @click=${act}>${text}</button>`;
  }

  #choose(intent: Event): void {
    this.#close();
    this.dispatchEvent(intent);
  }

  #list(): TemplateResult {
    const strings = laterStrings(this.strings);
    const sound = (): TemplateResult => html`<button
      role="menuitemcheckbox"
      tabindex="-1"
      aria-checked=${hasSound()}
      @click=${() => this.#ring()}
    >
      <span aria-hidden="true">${hasSound() ? '✓' : ''}</span> ${strings.sound}
    </button>`;
    return html`${this.contact ? this.#item(strings.contactUs, () => this.#choose(new ContactIntent())) : nothing}
    ${this.#known() ? this.#item(strings.conversations, () => this.#openThreads()) : nothing}
    ${canSound() ? sound() : nothing}
    ${
      this.talk
        ? html`${this.#item(strings.download, () => this.#choose(new ExportIntent()))}
        ${this.#item(strings.remove, () => (this.shown = 'question'))}`
        : nothing
    }`;
  }

  /** Somebody was here before, and may have more than one. */
  #known(): boolean {
    let known = false;
    this.dispatchEvent(new ActIntent(({ room }) => (known = room.known())));
    return known;
  }

  #openThreads(): void {
    this.#close();
    openThreads(this, this.strings);
  }

  #ring(): void {
    attend((this.getRootNode() as ShadowRoot).host as Attended, () => this.strings);
    setSound(!hasSound());
    this.requestUpdate();
  }

  #answers(): TemplateResult {
    const strings = laterStrings(this.strings);
    return html`${this.#item(strings.removeYes, () => this.#choose(new DeleteIntent()), 'final')}
      ${this.#item(strings.removeNo, () => this.#close())}`;
  }

  protected override render(): TemplateResult {
    const { strings, shown } = this;
    const { removeSure } = laterStrings(strings);
    const open = shown !== 'nothing';
    return html`${menuButton({ strings, open, onClick: () => (this.shown = open ? 'nothing' : 'items') })}
      ${
        open
          ? html`<div class="menu">
            ${shown === 'question' ? html`<p>${removeSure}</p>` : nothing}
            <div role="menu" aria-label=${shown === 'question' ? removeSure : strings.more}>
              ${shown === 'question' ? this.#answers() : this.#list()}
            </div>
          </div>`
          : nothing
      }`;
  }
}

definePiece('shopclerk-menu', Menu);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-menu': Menu;
  }
}
