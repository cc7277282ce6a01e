import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { Product, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { canBeBought } from './can-be-bought.ts';
import { media, stars, stockMark } from './card-facts.ts';
import { AnnounceIntent, ProductIntent } from './intents.ts';
import { later, loadLater } from './later.ts';
import { labelled } from './labelled.ts';
import { linkTo, newTabNote } from './link.ts';
import { definePiece, Piece } from './piece.ts';
import { price, pricedOf } from './price.ts';
import type { Offer, Sale } from './sale.ts';

/** One product: picture, title, price, stock, what there is to choose, and one thing to do. The rest of it leads to its page. */
export class ProductCard extends Piece {
  static override properties: PropertyDeclarations = {
    product: { attribute: false },
    shop: { attribute: false },
    strings: { attribute: false },
    locale: {},
    wide: { type: Boolean },
    busy: { state: true },
    refused: { state: true },
  };

  declare product: Product;
  /** Says whether there is a cart. */
  declare shop: ShopSettings | null;
  declare strings: Strings;
  /** BCP 47, for prices. */
  declare locale: string;
  /** The only product of an answer: picture beside the text, and room for buttons. */
  declare wide: boolean;
  /** What it takes to buy is on its way; or could not be had. */
  declare protected busy: boolean;
  declare protected refused: boolean;
  /** From the first press of any card on. */
  #sale: Sale | null = null;

  constructor() {
    super();
    this.wide = false;
    this.busy = false;
    this.refused = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another product in the place of the old one; the same as of today keeps what was chosen.
    const before = changed.get('product');
    if (before && before.id !== this.product.id) this.#sale = null;
    const pieces = later();
    if (pieces && this.#sells) this.#sale ??= new pieces.Sale(this);
    if (this.product.then && !pieces) void loadLater().then(() => this.requestUpdate());
  }

  get #sells(): boolean {
    const { shop, product } = this;
    return shop?.cart !== undefined && shop.cart !== 'none' && canBeBought(product);
  }

  async #press(event: MouseEvent): Promise<void> {
    // The second half of a double click must not add a second one.
    if (event.detail > 1 || this.busy) return;
    if (!this.#sale) await this.#prepare();
    this.#sale?.press();
  }

  /** Brings what it takes to buy: the choosers and the way into the cart. */
  async #prepare(): Promise<void> {
    const { id } = this.product;
    this.busy = true;
    this.refused = false;
    const there = await loadLater();
    this.busy = false;
    this.refused = !there;
    if (!there) this.dispatchEvent(new AnnounceIntent(this.strings.loadFailed));
    await this.updateComplete;
    // Another product stands here meanwhile.
    if (this.product.id !== id) this.#sale = null;
  }

  #link(content: unknown, look: { class: string; part: string }): TemplateResult | typeof nothing {
    const { product, strings } = this;
    const link = linkTo(product.url);
    if (!link) return nothing;
    return html`<a
      class="link ${look.class}"
      part=${look.part || nothing}
      href=${link.href}
      target=${link.external ? '_blank' : nothing}
      rel=${link.external ? 'noopener' : nothing}
      @click=${({ target }: Event) => target!.dispatchEvent(new ProductIntent(product))}
      >${content} ${newTabNote(link, strings)}</a
    >`;
  }

  #title(sells: boolean): TemplateResult {
    const { title, lang } = this.product;
    const text = html`<bdi lang=${lang ?? nothing}>${title}</bdi>`;
    const linked = sells ? this.#link(text, { class: '', part: '' }) : nothing;
    return html`<p class="title" part="card-title" title=${title}>${linked === nothing ? text : linked}</p>`;
  }

  /** Before anybody has pressed: what can be told from the product alone. */
  get #offer(): Offer {
    const { product, strings } = this;
    const undecided = product.variants.length > 1;
    return { label: undecided ? strings.choose : strings.addToCart, undecided, closed: false };
  }

  #button(): TemplateResult {
    const { label, undecided, closed } = this.#sale?.offer ?? this.#offer;
    // Never `disabled`: that would drop the focus to the page.
    return html`<button
      class="action add ${undecided ? 'undecided' : ''}"
      part="card-action"
      aria-busy=${this.busy}
      aria-disabled=${closed}
      @click=${(event: MouseEvent) => this.#press(event)}
      @pointerenter=${loadLater}
      @focus=${loadLater}
    >
      ${label}<span class="unseen">: <bdi>${this.product.title}</bdi></span>
    </button>`;
  }

  protected override render(): TemplateResult {
    const { product, strings, locale, wide } = this;
    const sale = this.#sale;
    // Of a simple product the product says it all.
    const variant = product.variants.length > 1 && sale ? sale.variant : null;
    const sells = this.#sells;
    const view = html`${strings.view}<span class="unseen">: <bdi>${product.title}</bdi></span>`;
    return html`<article class="card ${wide ? 'wide' : ''}" part="card">
      ${media(variant?.image ?? product.images[0])}
      <div class="body">
        ${product.brand ? html`<p class="brand"><bdi>${product.brand}</bdi></p>` : nothing} ${this.#title(sells)}
        ${price(pricedOf(product, variant), strings, locale)}
        <p class="facts">
          ${stockMark(variant ?? product, strings)} ${product.rating ? stars(product.rating, strings, locale) : nothing}
          ${later()?.changes(product, strings, locale)}
        </p>
        ${sells ? sale?.choosers() : wide && product.options.length > 0 ? named(product) : nothing}
        ${sells ? this.#button() : this.#link(view, { class: 'action', part: 'card-action' })}
        ${sells ? sale?.result() : nothing} ${this.refused ? html`<p class="refusal">${strings.loadFailed}</p>` : nothing}
      </div>
    </article>`;
  }
}

/** What there is to choose on the product's page. */
function named(product: Product): TemplateResult {
  const said = (text: string): string => labelled(product, text);
  return html`<dl class="options">
    ${product.options.map(({ name, values }) => html`<div><dt>${said(name)}</dt><dd><bdi>${values.map(said).join(' · ')}</bdi></dd></div>`)}
  </dl>`;
}

definePiece('shopclerk-product', ProductCard);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-product': ProductCard;
  }
}
