import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { GoneProduct, Product, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { past } from '../controllers/past.ts';
import { forwardIcon } from './icons.ts';
import { later, loadLater, type Later } from './later.ts';
import { definePiece, Piece } from './piece.ts';
import './product-card.ts';

/** A row of cards to swipe, to page through with two buttons, or to walk with the arrow keys. One product gets one wide card. */
export class ProductCarousel extends Piece {
  static override properties: PropertyDeclarations = {
    products: { attribute: false },
    gone: { attribute: false },
    shop: { attribute: false },
    heading: {},
    why: {},
    strings: { attribute: false },
    locale: {},
    atStart: { state: true },
    atEnd: { state: true },
  };

  declare products: readonly Product[];
  /** Of an old conversation, and so what shows it is there: no longer sold. */
  declare gone: readonly GoneProduct[];
  declare shop: ShopSettings | null;
  declare heading: string | undefined;
  /** Why these: one line of the assistant's. */
  declare why: string | undefined;
  declare strings: Strings;
  declare locale: string;
  declare protected atStart: boolean;
  declare protected atEnd: boolean;
  // Not at once: arrows may change the track again, and the page would be told of an error. Nor in the next frame, which WebKit may not
  // draw when it is asked for while it draws one.
  #resize = new ResizeObserver(() => setTimeout(() => this.#measure()));

  constructor() {
    super();
    this.gone = [];
    this.shop = null;
    this.atStart = true;
    this.atEnd = true;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  protected override updated(_changed: PropertyValues): void {
    const track = this.#track;
    // Observing again what is observed already costs nothing.
    if (track) this.#resize.observe(track);
  }

  get #track(): HTMLElement | null {
    return this.querySelector('.track');
  }

  #measure(): void {
    const track = this.#track;
    if (!track) return;
    // From right to left, scrollLeft counts down from 0.
    const passed = Math.abs(track.scrollLeft);
    this.atStart = passed < 4;
    this.atEnd = passed + track.clientWidth > track.scrollWidth - 4;
  }

  async #page(step: 1 | -1): Promise<void> {
    (await loadLater())?.page(this, step);
  }

  /** Before what does it is there, the key waits for it; its event has forgotten by then where it was pressed. */
  #walk(event: KeyboardEvent): void {
    const { target } = event;
    const walk = (pieces: Later | null): void => pieces?.walk(this, event, target);
    const pieces = later();
    if (pieces) walk(pieces);
    else void loadLater().then(walk);
  }

  #arrow(step: 1 | -1, label: string, end: boolean): TemplateResult {
    // Never `disabled`: at the last card that would drop the focus to the page.
    return html`<button
      class="arrow ${step === 1 ? 'forward' : 'back'}"
      aria-label=${label}
      aria-disabled=${end}
      @click=${() => void this.#page(step)}
    >
      ${forwardIcon}
    </button>`;
  }

  protected override render(): TemplateResult {
    const { products, gone, shop, strings, locale, heading, why } = this;
    const count = products.length + gone.length;
    const single = count === 1;
    const card = (index: number, content: TemplateResult | undefined): TemplateResult =>
      html`<li>
        ${single ? nothing : html`<span class="unseen">${strings.position(index + 1, count)}</span>`} ${content}
      </li>`;
    const overflowing = !this.atStart || !this.atEnd;
    return html`<section class="carousel" part="carousel" aria-label=${heading ?? strings.products}>
      <div class="carousel-head">
        <div dir="auto">
          ${heading ? html`<p class="carousel-title">${heading}</p>` : nothing}
          ${why ? html`<p class="carousel-why">${why}</p>` : nothing}
        </div>
        ${
          overflowing
            ? html`<div class="arrows">
              ${this.#arrow(-1, strings.previous, this.atStart)} ${this.#arrow(1, strings.next, this.atEnd)}
            </div>`
            : nothing
        }
      </div>
      <ul
        class="track ${this.atStart ? '' : 'more-before'} ${this.atEnd ? '' : 'more-after'} ${single ? 'single' : ''}"
        role="list"
        @focusin=${loadLater}
        @scroll=${() => this.#measure()}
        @keydown=${(event: KeyboardEvent) => this.#walk(event)}
      >
        ${products.map((product, index) =>
          card(
            index,
            html`<shopclerk-product
              .product=${product}
              .shop=${shop}
              .strings=${strings}
              .locale=${locale}
              .wide=${single}
            ></shopclerk-product>`,
          ),
        )}
        ${gone.map((product, index) => card(products.length + index, past.there()?.goneCard(product, single, strings)))}
      </ul>
    </section>`;
  }
}

definePiece('shopclerk-product-carousel', ProductCarousel);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-product-carousel': ProductCarousel;
  }
}
