import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { isAsking } from '../state/parts.ts';
import { loadReading } from '../reading/load.ts';
import { citationsOf } from '../state/citations.ts';
import { UNREACHED } from '../state/state.ts';
import type { CitationsPart, ComparisonPart, Failure, Message, Part, ProductsPart } from '../state/state.ts';
import { chips } from './chips.ts';
import './failure.ts';
import { failureText } from './failure.ts';
import { ActIntent, AnnounceIntent } from './intents.ts';
import { later, loadLater, type Later } from './later.ts';
import { definePiece, Piece } from './piece.ts';
import './product-carousel.ts';
import './prose.ts';
import { reconnectingLine, toolLine, typing } from './typing.ts';

const NONE: readonly never[] = [];

/** One message: the shopper's in a bubble, the assistant's as a page with cards in it. */
export class MessageView extends Piece {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    strings: { attribute: false },
    locale: {},
    shop: { attribute: false },
    last: { type: Boolean },
    reconnecting: { type: Boolean },
    pieces: { state: true },
    plain: { state: true },
  };

  declare message: Message;
  declare strings: Strings;
  declare locale: string;
  declare shop: ShopSettings | null;
  /** Only the last answer can be asked for again. */
  declare last: boolean;
  /** The line over which the answer comes is lost for the moment. */
  declare reconnecting: boolean;

  /** What is needed for some of the parts, once it is there. */
  declare protected pieces: Later | null;

  /** It can't be had: the products of a comparison stand in a row, and of a notice there is only the way to try again. */
  declare protected plain: boolean;

  /** How many blocks of text and groups of cards were announced; null while it is not known if this one is news. */
  #said: { blocks: number; cards: number } | null = null;

  #wasOpen = false;

  /** That the line was lost: once an answer, however often it happens. */
  #saidReconnecting = false;

  get #open(): boolean {
    return this.message.status === 'sending' || this.message.status === 'streaming';
  }

  constructor() {
    super();
    this.shop = null;
    this.pieces = null;
    this.plain = false;
  }

  protected override willUpdate(): void {
    this.pieces = later();
    this.pieces?.dress(this);
    if (this.pieces || this.message.parts.every(({ type }) => type === 'text' || type === 'products')) return;
    void this.#bringPieces();
  }

  async #bringPieces(): Promise<void> {
    this.pieces = await loadLater();
    this.plain = !this.pieces;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('message') || changed.has('pieces' as keyof MessageView)) {
      // Another message in the place of one that left: after Retry, for one.
      if (changed.has('message') && changed.get('message')?.key !== this.message.key) {
        this.#said = null;
        this.#wasOpen = false;
        this.#saidReconnecting = false;
      }
      if (this.message.role === 'assistant') this.#announce();
    }
    if (!this.reconnecting || !this.#open || this.#saidReconnecting) return;
    this.#saidReconnecting = true;
    this.dispatchEvent(new AnnounceIntent(this.strings.reconnecting));
  }

  /** Says what became complete: paragraph by paragraph, never token by token. What was there on arrival is not news. */
  #announce(): void {
    const { parts, status } = this.message;
    const blocks = [...this.querySelectorAll('shopclerk-prose > *, .notice')];
    const cards = parts.filter((part) => part.type === 'products' || part.type === 'comparison');
    const growing = this.#open && parts.at(-1)?.type === 'text' ? 1 : 0;
    const finished = Math.max(0, blocks.length - growing);
    // An answer that has begun again is news from its beginning.
    if (parts.length === 0) this.#said = null;
    if (this.#said === null && !this.#open) this.#said = { blocks: blocks.length, cards: cards.length };
    this.#said ??= { blocks: 0, cards: 0 };

    const news = blocks.slice(this.#said.blocks, finished).map((block) => block.textContent.trim());
    const shown = cards.slice(this.#said.cards).reduce((sum, part) => sum + part.products.length, 0);
    if (shown > 0) news.push(this.strings.productCount(shown));
    if (this.#wasOpen && status === 'stopped') news.push(this.strings.stopped);
    if (this.#wasOpen && status === 'failed' && this.message.failure) {
      news.push(this.#failureNews(this.message.failure));
    }
    this.#wasOpen = this.#open;
    this.#said = { blocks: Math.max(finished, this.#said.blocks), cards: cards.length };
    const text = news.filter(Boolean).join(' ');
    if (text) this.dispatchEvent(new AnnounceIntent(text));
  }

  /** Said later, if the words for it are on their way. */
  #failureNews(failure: Failure): string {
    const text = failureText(failure, this.strings);
    if (text !== null) return text;
    void this.#sayLater(failure);
    return '';
  }

  async #sayLater(failure: Failure): Promise<void> {
    const words = (await loadLater())?.failureText(failure, this.strings);
    this.dispatchEvent(new AnnounceIntent(words ?? this.strings.failures.internal));
  }

  #part(part: Exclude<Part, CitationsPart>): TemplateResult {
    if (part.type === 'text') {
      const growing = this.#open && part === this.message.parts.at(-1);
      return html`<shopclerk-prose
        .streaming=${growing}
        .text=${part.content}
        @late=${() => this.#announce()}
      ></shopclerk-prose>`;
    }
    const { strings, locale, shop } = this;
    if (part.type === 'notice') {
      return this.plain ? this.#missing() : (this.pieces?.notice(part, strings, shop) ?? html``);
    }
    if (part.type === 'act') {
      return html`<shopclerk-cart-act
        .what=${part}
        .open=${this.#open}
        .strings=${strings}
        .locale=${locale}
        .shop=${shop}
      ></shopclerk-cart-act>`;
    }
    if (part.type === 'products' || this.plain) return this.#row(part);
    return html`<shopclerk-comparison .what=${part} .strings=${strings} .locale=${locale}></shopclerk-comparison>`;
  }

  #missing(): TemplateResult {
    const again = (intent: Event): void => {
      // Of the notice, and not of the answer.
      intent.stopPropagation();
      this.requestUpdate();
    };
    return html`<shopclerk-failure .what=${UNREACHED} .strings=${this.strings} @intent-retry=${again}></shopclerk-failure>`;
  }

  #row(part: ProductsPart | ComparisonPart): TemplateResult {
    return html`<shopclerk-product-carousel
      .products=${part.products}
      .gone=${part.gone ?? NONE}
      .heading=${part.title}
      .why=${part.type === 'products' ? part.why : undefined}
      .shop=${this.shop}
      .strings=${this.strings}
      .locale=${this.locale}
    ></shopclerk-product-carousel>`;
  }

  #sources(): TemplateResult | typeof nothing {
    if (citationsOf(this.message).length === 0) return nothing;
    void loadReading();
    return html`<shopclerk-sources .message=${this.message} .strings=${this.strings}></shopclerk-sources>`;
  }

  #time(): string {
    return new Date(this.message.createdAt).toLocaleTimeString(this.locale, { hour: 'numeric', minute: '2-digit' });
  }

  #question(): TemplateResult {
    const text = this.message.parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
    return html`<div class="message user" part="message user" title=${this.#time()}>
      <span class="unseen">${this.strings.youSaid} </span><span class="bubble" dir="auto">${text}</span>
      ${this.#wait()}
    </div>`;
  }

  #wait(): TemplateResult | typeof nothing {
    const { message, strings } = this;
    if (message.status === 'waiting') return html`<p class="note">${strings.waiting}</p>`;
    if (message.status !== 'offline') return nothing;
    const takeBack = (): void => void this.dispatchEvent(new ActIntent((chat) => chat.withdraw(message.key)));
    return html`<p class="note">${strings.offline} <button @click=${takeBack}>${strings.takeBack}</button></p>`;
  }

  #progress(): TemplateResult | typeof nothing {
    // It is the shopper's turn.
    if (!this.#open || this.message.parts.some(isAsking)) return nothing;
    if (this.reconnecting) return reconnectingLine(this.strings);
    if (this.message.tool) return toolLine(this.message.tool, this.strings);
    // Growing text speaks for itself.
    return this.message.parts.at(-1)?.type === 'text' ? nothing : typing(this.strings);
  }

  #ending(): TemplateResult | typeof nothing {
    const { status, cut, suggestions = NONE, failure: what } = this.message;
    const { strings } = this;
    if (status === 'stopped') return html`<p class="note">${strings.stopped}</p>`;
    if (status === 'failed' && what) {
      return html`<shopclerk-failure .what=${what} .strings=${strings} .past=${!this.last}></shopclerk-failure>`;
    }
    return html`${cut ? html`<p class="note">${strings.cut}</p>` : nothing}
    ${this.last && status === 'done' ? chips(suggestions, strings.suggestions) : nothing}`;
  }

  protected override render(): TemplateResult {
    const { role, parts, status } = this.message;
    if (role === 'user') return this.#question();
    const growing = status === 'streaming' && !this.message.tool && !this.reconnecting ? 'growing' : '';
    return html`<div class="message assistant ${growing}" part="message assistant" title=${this.#time()}>
      <span class="unseen">${this.strings.assistantSaid}</span>
      ${parts.flatMap((part) => (part.type === 'citations' ? [] : [this.#part(part)]))} ${this.#sources()}
      ${this.#progress()} ${this.#open ? nothing : html`<shopclerk-actions .message=${this.message} .strings=${this.strings} .last=${this.last}></shopclerk-actions>`}
      ${this.#ending()}
    </div>`;
  }
}

definePiece('shopclerk-message', MessageView);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-message': MessageView;
  }
}
