import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { ScrollController } from '../controllers/scroll-controller.ts';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { waitsForLine, type Message } from '../state/state.ts';
import { parser } from '../render/load.ts';
import { jump } from './jump.ts';
import { loadLater } from './later.ts';
import './message.ts';
import { definePiece, Piece } from './piece.ts';

/** The conversation, newest last. A log that is not live: the announcer speaks for it. */
export class MessageList extends Piece {
  static override properties: PropertyDeclarations = {
    messages: { attribute: false },
    strings: { attribute: false },
    locale: {},
    shop: { attribute: false },
    reconnecting: { attribute: false },
  };

  declare messages: readonly Message[];
  declare strings: Strings;
  declare locale: string;
  declare shop: ShopSettings | null;
  /** Key of the answer whose line is lost for the moment. */
  declare reconnecting: string | null;

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

  /** Before a pointer or the focus can be on an answer; fingers give no such sign. */
  #bringActions = (): void => void loadLater();

  protected override updated(): void {
    // A first answer has often no need of it; the second may show a link.
    const isSecond = this.messages.length > 2;
    if (isSecond) void parser.bring();
    if (this.messages.at(-1)?.status === 'done' && (isSecond || matchMedia('(pointer: coarse)').matches))
      this.#bringActions();
  }

  protected override render(): TemplateResult {
    const { messages, strings, locale, shop, reconnecting } = this;
    const last = messages.findLast((message) => !waitsForLine(message));
    return html`<div
        class="messages"
        part="messages"
        role="log"
        aria-live="off"
        aria-label=${strings.conversation}
        tabindex="0"
        @pointerover=${this.#bringActions}
        @focusin=${this.#bringActions}
      >
        <div class="column">
          ${
            // By place and not by key: a list grows at its end, and of the little that is replaced there nothing has to last.
            messages.map(
              (message) =>
                html`<shopclerk-message
                  .message=${message}
                  .strings=${strings}
                  .locale=${locale}
                  .shop=${shop}
                  .last=${message === last}
                  .reconnecting=${message.key === reconnecting}
                ></shopclerk-message>`,
            )
          }
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
