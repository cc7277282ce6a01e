import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import type { CartSummary, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { LaterStrings } from '../i18n/types.ts';
import { formatMoney } from '../i18n/money.ts';
import type { ActPart } from '../state/state.ts';
import './added.ts';
import { media } from './card-facts.ts';
import { AnnounceIntent } from './intents.ts';
import { labelled } from './labelled.ts';
import { AnswerIntent } from './later-intents.ts';
import { LaterPiece } from './later-piece.ts';
import { definePiece } from './piece.ts';

/** Something that the assistant wants done in the cart: asked for, under way, or over. */
export class CartActView extends LaterPiece {
  static override properties: PropertyDeclarations = {
    what: { attribute: false },
    open: { attribute: false },
    strings: { attribute: false },
    locale: {},
    shop: { attribute: false },
  };

  declare what: ActPart;
  /** The turn runs: an answer is still wanted. */
  declare open: boolean;
  declare strings: Strings;
  declare locale: string;
  declare shop: ShopSettings | null;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('what')) return;
    const before = changed.get('what')?.progress;
    const { progress } = this.what;
    // What was over on arrival is not news.
    if (progress === before || progress === 'acting' || (before === undefined && !this.#asking)) return;
    const text = this.#asking ? `${this.#words.confirmAdd} ${this.#line.join(' ')}` : this.#outcome();
    this.dispatchEvent(new AnnounceIntent(text));
  }

  get #words(): LaterStrings {
    return laterStrings(this.strings);
  }

  get #asking(): boolean {
    return this.open && this.what.progress === 'asking';
  }

  /** "2 × Blue bowl, 40 cm — ₪39.90 each": how many, of what, for how much. */
  get #line(): readonly [string, string, string] {
    const { act } = this.what;
    if (act.name !== 'add_to_cart') return ['', '', ''];
    const { product, variant_id, quantity } = act.arguments;
    const variant = product.variants.find(({ id }) => id === variant_id);
    const which = product.variants.length > 1 && variant ? `, ${labelled(product, variant.title)}` : '';
    const price = formatMoney(variant?.price ?? product.price.min, this.locale);
    const each = quantity > 1 ? this.#words.each(price) : price;
    return [`${quantity} ×`, product.title + which, `— ${each}`];
  }

  #outcome(): string {
    const { act, progress } = this.what;
    const strings = this.#words;
    if (progress === 'asking') return strings.cartErrors.declined;
    if (progress === 'acting') return act.name === 'view_cart' ? strings.lookingInCart : strings.adding;
    if (!progress.ok) return strings.cartErrors[progress.code];
    return act.name === 'view_cart' && progress.cart ? this.#holds(progress.cart) : strings.added;
  }

  #holds({ count, total }: CartSummary): string {
    const { cartHolds, cartTotal } = this.#words;
    return total ? cartTotal(cartHolds(count), formatMoney(total, this.locale)) : cartHolds(count);
  }

  #answer(agreed: boolean): void {
    const { callId } = this.what;
    // Both buttons go away; the focus stays with what they were about.
    this.querySelector<HTMLElement>('.act')!.focus();
    this.dispatchEvent(new AnswerIntent(callId, agreed));
  }

  #buttons(): TemplateResult {
    const strings = this.#words;
    return html`<div class="act-buttons">
      <button class="primary" part="confirm" @click=${() => this.#answer(true)}>${strings.confirmYes}</button>
      <button class="decline" part="decline" @click=${() => this.#answer(false)}>${strings.confirmNo}</button>
    </div>`;
  }

  #ending(): TemplateResult {
    const { what, strings, shop } = this;
    const done = typeof what.progress === 'object' && what.progress.ok && what.act.name === 'add_to_cart';
    if (!done) return html`<p class="act-outcome">${this.#outcome()}</p>`;
    return html`<shopclerk-added .undo=${what.undo ?? null} .strings=${strings} .shop=${shop}></shopclerk-added>`;
  }

  protected override render(): TemplateResult {
    const { what } = this;
    const strings = this.#words;
    const { act } = what;
    const [count, title, price] = this.#line;
    const product = act.name === 'add_to_cart' ? act.arguments.product : null;
    const variant = act.name === 'add_to_cart' && product?.variants.find(({ id }) => id === act.arguments.variant_id);
    return html`<section class="act" part="cart-act" tabindex="-1" aria-label=${product ? strings.confirmAdd : strings.viewCart}>
      ${product ? media((variant && variant.image) || product.images[0]) : nothing}
      <div class="act-body">
        ${this.#asking ? html`<p class="act-question">${strings.confirmAdd}</p>` : nothing}
        ${product ? html`<p class="act-line">${count} <bdi>${title}</bdi> ${price}</p>` : nothing}
        ${this.#asking ? this.#buttons() : this.#ending()}
      </div>
    </section>`;
  }
}

definePiece('shopclerk-cart-act', CartActView);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-cart-act': CartActView;
  }
}
