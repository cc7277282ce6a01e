import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { CartErrorCode, Product, ProductVariant, ShopSettings } from '../../proxy/protocol/index.ts';
import type { CartResult } from '../cart/types.ts';
import type { Strings } from '../i18n/index.ts';
import { changes, media, stars, stockMark } from './card-facts.ts';
import { axesOf, canBeBought, optionsOf, variantOf, type Chosen } from './choice.ts';
import { choosers } from './choosers.ts';
import { AddIntent, AnnounceIntent, ProductIntent } from './intents.ts';
import { loadLater } from './later.ts';
import { linkTo, newTabNote } from './link.ts';
import { definePiece, Piece } from './piece.ts';
import { price, pricedOf } from './price.ts';

type Step = 'ready' | 'adding' | Extract<CartResult, { ok: true }> | CartErrorCode;

/** How many cards there have been: their radio buttons need names of their own. */
let cards = 0;

/** One product: picture, title, price, stock, what there is to choose, and one thing to do. The rest of it leads to its page. */
export class ProductCard extends Piece {
  static override properties: PropertyDeclarations = {
    product: { attribute: false },
    shop: { attribute: false },
    strings: { attribute: false },
    locale: {},
    wide: { type: Boolean },
    chosen: { state: true },
    step: { state: true },
    missing: { state: true },
  };

  declare product: Product;
  /** Says whether there is a cart. */
  declare shop: ShopSettings | null;
  declare strings: Strings;
  /** BCP 47, for prices. */
  declare locale: string;
  /** The only product of an answer: picture beside the text, and room for buttons. */
  declare wide: boolean;
  declare protected chosen: Chosen;
  declare protected step: Step;
  /** The option that has to be chosen first, once the shopper has tried without. */
  declare protected missing: string | null;
  readonly #id = `shopclerk-card-${++cards}`;

  constructor() {
    super();
    this.wide = false;
    this.chosen = {};
    this.step = 'ready';
    this.missing = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another product in the place of the old one; the same as of today keeps what was chosen.
    const before = changed.get('product');
    if (!before || before.id === this.product.id) return;
    this.chosen = {};
    this.step = 'ready';
    this.missing = null;
  }

  get #variant(): ProductVariant | null {
    return variantOf(this.product, this.chosen);
  }

  get #sells(): boolean {
    const { shop, product } = this;
    return shop?.cart !== undefined && shop.cart !== 'none' && canBeBought(product);
  }

  #choose(name: string, value: string): void {
    this.chosen = { ...this.chosen, [name]: value };
    this.missing = null;
    if (this.step !== 'adding') this.step = 'ready';
  }

  #press(event: MouseEvent): void {
    // The second half of a double click must not add a second one.
    if (this.step === 'adding' || event.detail > 1) return;
    const { product, chosen } = this;
    const left = axesOf(product).findIndex(({ name }) => chosen[name] === undefined);
    if (left >= 0) return this.#askFor(left);
    const variant = this.#variant;
    if (variant && canBeBought(variant)) void this.#add(variant);
  }

  #askFor(index: number): void {
    const { name } = axesOf(this.product)[index]!;
    this.missing = name;
    const chooser = this.querySelectorAll<HTMLElement>('.axis')[index];
    (chooser?.querySelector<HTMLElement>('input') ?? chooser)?.focus();
    this.dispatchEvent(new AnnounceIntent(this.strings.chooseFirst(name || this.strings.variant)));
  }

  async #add(variant: ProductVariant): Promise<void> {
    const { product, chosen, strings } = this;
    const intent = new AddIntent({ product, variant, options: optionsOf(product, variant, chosen), quantity: 1 });
    this.dispatchEvent(intent);
    this.step = 'adding';
    const later = loadLater();
    const result = (await intent.result) ?? { ok: false, code: 'unavailable' };
    if (result.ok) await later;
    // Another product stands here meanwhile.
    if (this.product.id !== product.id) return;
    this.step = result.ok ? result : result.code;
    const said = result.ok ? `${strings.added}: ${product.title}` : strings.cartErrors[result.code];
    this.dispatchEvent(new AnnounceIntent(said));
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

  #button(): TemplateResult {
    const { product, strings, step, chosen } = this;
    const variant = this.#variant;
    const left = axesOf(product).some(({ name }) => chosen[name] === undefined);
    const closed = !left && !(variant && canBeBought(variant));
    const label = left
      ? strings.choose
      : !variant
        ? strings.notMade
        : closed
          ? strings.availability.out_of_stock
          : step === 'adding'
            ? strings.adding
            : typeof step === 'object'
              ? strings.addAnother
              : strings.addToCart;
    // Never `disabled`: that would drop the focus to the page.
    return html`<button
      class="action add ${left ? 'undecided' : ''}"
      part="card-action"
      aria-disabled=${closed || step === 'adding'}
      @click=${(event: MouseEvent) => this.#press(event)}
    >
      ${label}<span class="unseen">: <bdi>${product.title}</bdi></span>
    </button>`;
  }

  #result(): TemplateResult | typeof nothing {
    const { step, strings, shop, missing } = this;
    // In words too: colour alone tells some shoppers nothing.
    if (missing !== null) return html`<p class="refusal">${strings.chooseFirst(missing || strings.variant)}</p>`;
    if (step === 'ready' || step === 'adding') return nothing;
    if (typeof step === 'string') return html`<p class="refusal">${strings.cartErrors[step]}</p>`;
    return html`<shopclerk-added .undo=${step.undo} .strings=${strings} .shop=${shop}></shopclerk-added>`;
  }

  protected override render(): TemplateResult {
    const { product, strings, locale, wide, chosen, missing } = this;
    // Of a simple product the product says it all.
    const variant = product.variants.length > 1 ? this.#variant : null;
    const sells = this.#sells;
    const view = html`${strings.view}<span class="unseen">: <bdi>${product.title}</bdi></span>`;
    return html`<article class="card ${wide ? 'wide' : ''}" part="card">
      ${media(variant?.image ?? product.images[0])}
      <div class="body">
        ${product.brand ? html`<p class="brand"><bdi>${product.brand}</bdi></p>` : nothing} ${this.#title(sells)}
        ${price(pricedOf(product, variant), strings, locale)}
        <p class="facts">
          ${stockMark(variant ?? product, strings)} ${product.rating ? stars(product.rating, strings, locale) : nothing}
          ${changes(product, strings, locale)}
        </p>
        ${
          sells
            ? choosers({
                product,
                chosen,
                strings,
                wide,
                missing,
                id: this.#id,
                onChoose: (...choice) => this.#choose(...choice),
              })
            : wide && product.options.length > 0
              ? named(product)
              : nothing
        }
        ${sells ? this.#button() : this.#link(view, { class: 'action', part: 'card-action' })} ${this.#result()}
      </div>
    </article>`;
  }
}

/** What there is to choose on the product's page. */
function named({ options }: Product): TemplateResult {
  return html`<dl class="options">
    ${options.map(({ name, values }) => html`<div><dt>${name}</dt><dd><bdi>${values.join(' · ')}</bdi></dd></div>`)}
  </dl>`;
}

definePiece('shopclerk-product', ProductCard);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-product': ProductCard;
  }
}
