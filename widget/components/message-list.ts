import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ScrollController } from '../controllers/scroll-controller.ts';
import type { Strings } from '../i18n/index.ts';
import type { Message } from '../state/state.ts';
import { jump } from './jump.ts';
import './message.ts';
import { definePiece, Piece } from './piece.ts';

/** The conversation, newest last. A log that is not live: the announcer speaks for it. */
export class MessageList extends Piece {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    strings: { attribute: false },
    locale: {},
  };

  declare messages: readonly Message[];
  declare strings: Strings;
  declare locale: string;

  #scroll = new ScrollController(this, {
    scroller: () => this.#log,
    lastOwnMessage: () => this.messages.findLast(({ role }) => role === 'user')?.key ?? null,
  });

  get #log(): HTMLElement | null {
    return this.querySelector('.messages');
  }

  #jump(): void {
    this.#scroll.scrollToBottom();
    // The button goes away; the focus stays with what it was about.
    this.#log?.focus({ preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { messages, strings, locale } = this;
    return html`<div
        class="messages"
        part="messages"
        role="log"
        aria-live="off"
        aria-label=${strings.conversation}
        tabindex="0"
      >
        <div class="column">
          ${repeat(
            messages,
            ({ key }) => key,
            (message) =>
              html`<shopclerk-message
                .message=${message}
                .strings=${strings}
                .locale=${locale}
                .last=${message === messages.at(-1)}
              ></shopclerk-message>`,
          )}
        </div>
      </div>
      ${this.#scroll.atBottom ? nothing : jump(strings, () => this.#jump())}`;
  }
}

definePiece('shopclerk-messages', MessageList);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-messages': MessageList;
  }
}
