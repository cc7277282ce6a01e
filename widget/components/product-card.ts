import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { pictureIcon } from './icons.ts';
import { linkTo, newTabNote } from './link.ts';
import { definePiece, Piece } from './piece.ts';
import { price } from './price.ts';

/** One product: picture, title, price, stock, and the way to its page. The whole card is that one link. */
export class ProductCard extends Piece {
  static override properties: PropertyDeclarations = {
    product: { attribute: false },
    strings: { attribute: false },
    locale: {},
    wide: { type: Boolean, reflect: true },
    brokenImage: { state: true },
  };

  declare product: Product;
  declare strings: Strings;
  /** BCP 47, for prices. */
  declare locale: string;
  /** The only product of an answer: picture beside the text, and its variants named. */
  declare wide: boolean;
  /** URL of a picture that could not be loaded. */
  declare protected brokenImage: string | null;

  constructor() {
    super();
    this.brokenImage = null;
  }

  /** Moves the focus to the card's link. */
  override focus(): void {
    this.querySelector('a')?.focus();
  }

  #media(): TemplateResult {
    const image = this.product.images[0];
    const link = image && image.url !== this.brokenImage ? linkTo(image.url) : null;
    if (!link) return html`<div class="media placeholder" part="card-media">${pictureIcon}</div>`;
    // The title is right beside it, so to a reader the picture adds nothing.
    return html`<div class="media" part="card-media">
      <img
        src=${link.href}
        alt=""
        loading="lazy"
        decoding="async"
        @error=${() => {
          this.brokenImage = image!.url;
        }}
      />
    </div>`;
  }

  #facts(): TemplateResult {
    const { availability, rating } = this.product;
    const stock = this.strings.availability[availability];
    return html`<p class="facts">
      ${stock ? html`<span class="stock ${availability}" part="card-stock">${stock}</span>` : nothing}
      ${rating ? this.#rating(rating) : nothing}
    </p>`;
  }

  #rating({ value, count }: { value: number; count: number }): TemplateResult {
    const shown = new Intl.NumberFormat(this.locale, { maximumFractionDigits: 1 }).format(value);
    return html`<span class="rating"
      ><span aria-hidden="true"><span class="star">★</span> <bdi>${shown}</bdi></span
      ><span class="unseen">${this.strings.rating(shown, count)}</span></span
    >`;
  }

  #options(): TemplateResult | typeof nothing {
    if (!this.wide || this.product.options.length === 0) return nothing;
    return html`<dl class="options">
      ${this.product.options.map(
        ({ name, values }) => html`<div><dt>${name}</dt><dd><bdi>${values.join(' · ')}</bdi></dd></div>`,
      )}
    </dl>`;
  }

  #action(): TemplateResult | typeof nothing {
    const link = linkTo(this.product.url);
    if (!link) return nothing;
    return html`<a
      class="action"
      part="card-action"
      href=${link.href}
      target=${link.external ? '_blank' : nothing}
      rel=${link.external ? 'noopener' : nothing}
      >${this.strings.view}<span class="unseen">: <bdi>${this.product.title}</bdi></span> ${newTabNote(link, this.strings)}</a
    >`;
  }

  protected override render(): TemplateResult {
    const { title, brand, lang } = this.product;
    return html`<article class="card" part="card">
      ${this.#media()}
      <div class="body">
        ${brand ? html`<p class="brand"><bdi>${brand}</bdi></p>` : nothing}
        <p class="title" part="card-title" title=${title}><bdi lang=${lang ?? nothing}>${title}</bdi></p>
        ${price(this.product, this.strings, this.locale)} ${this.#facts()} ${this.#options()} ${this.#action()}
      </div>
    </article>`;
  }
}

definePiece('shopclerk-product-card', ProductCard);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-product-card': ProductCard;
  }
}
