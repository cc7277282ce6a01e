import { html, nothing, type TemplateResult } from 'lit';
import type { CartErrorCode, Product, ProductVariant, ShopSettings } from '../../proxy/protocol/index.ts';
import type { CartResult } from '../cart/types.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { LaterStrings } from '../i18n/types.ts';
import './added.ts';
import { canBeBought } from './can-be-bought.ts';
import { axesOf, optionsOf, variantOf, type Chosen } from './choice.ts';
import { labelled } from './labelled.ts';
import { choosers } from './choosers.ts';
import { noteAddition } from '../shopper/addition.ts';
import { ActIntent, AnnounceIntent } from './intents.ts';
import { AddIntent } from './later-intents.ts';
import { dress } from './later-piece.ts';
import type { Piece } from './piece.ts';

type Step = 'ready' | 'adding' | Extract<CartResult, { ok: true }> | CartErrorCode;

/** The card it is made on. */
export interface SaleCard extends Piece {
  product: Product;
  shop: ShopSettings | null;
  strings: Strings;
  wide: boolean;
}

/** What the button says, and whether it can be pressed. */
export interface Offer {
  label: string;
  /** Something is left to choose. */
  undecided: boolean;
  closed: boolean;
}

/** How many there have been: their radio buttons need names of their own. */
let sales = 0;

/** What the shopper chooses on a card, its way into the cart, and how that ended. */
export class Sale {
  readonly #card: SaleCard;
  #chosen: Chosen = {};
  #step: Step = 'ready';
  /** The option that has to be chosen first, once the shopper has tried without. */
  #missing: string | null = null;
  readonly #id = `shopclerk-card-${++sales}`;

  constructor(card: SaleCard) {
    this.#card = card;
    dress(card);
  }

  /** Null while something is left to choose, or for what isn't made. */
  get variant(): ProductVariant | null {
    return variantOf(this.#card.product, this.#chosen);
  }

  get #words(): LaterStrings {
    return laterStrings(this.#card.strings);
  }

  /** Its button. */
  get offer(): Offer {
    const { strings } = this.#card;
    const { variant } = this;
    const words = this.#words;
    const undecided = this.#left >= 0;
    if (undecided) return { label: strings.choose, undecided, closed: this.#step === 'adding' };
    if (!variant) return { label: words.notMade, undecided, closed: true };
    if (!canBeBought(variant)) return { label: strings.availability.out_of_stock, undecided, closed: true };
    if (this.#step === 'adding') return { label: words.adding, undecided, closed: true };
    return { label: typeof this.#step === 'object' ? words.addAnother : strings.addToCart, undecided, closed: false };
  }

  /** Place of the first option that is left to choose; −1 when there is none. */
  get #left(): number {
    return axesOf(this.#card.product).findIndex(({ name }) => this.#chosen[name] === undefined);
  }

  #choose(name: string, value: string): void {
    this.#chosen = { ...this.#chosen, [name]: value };
    this.#missing = null;
    if (this.#step !== 'adding') this.#step = 'ready';
    this.#card.requestUpdate();
  }

  press(): void {
    if (this.#step === 'adding') return;
    const left = this.#left;
    if (left >= 0) return this.#askFor(left);
    const { variant } = this;
    if (variant && canBeBought(variant)) void this.#add(variant);
  }

  #askFor(index: number): void {
    const { name } = axesOf(this.#card.product)[index]!;
    this.#missing = name;
    const chooser = this.#card.querySelectorAll<HTMLElement>('.axis')[index];
    (chooser?.querySelector<HTMLElement>('input') ?? chooser)?.focus();
    this.#say(this.#words.chooseFirst(labelled(this.#card.product, name) || this.#words.variant));
  }

  async #add(variant: ProductVariant): Promise<void> {
    const { product } = this.#card;
    const options = optionsOf(product, variant, this.#chosen);
    const intent = new AddIntent({ product, variant, options, quantity: 1 });
    this.#card.dispatchEvent(intent);
    this.#step = 'adding';
    this.#card.requestUpdate();
    const result = (await intent.result) ?? { ok: false, code: 'unavailable' };
    this.#step = result.ok ? result : result.code;
    if (result.ok) this.#count(product);
    // Another product stands here meanwhile.
    if (this.#card.product.id !== product.id) return;
    this.#say(result.ok ? `${this.#words.added}: ${product.title}` : this.#words.cartErrors[result.code]);
  }

  /** For the shop's owner, if the proxy has this answer. */
  #count(product: Product): void {
    const id = this.#card.closest('shopclerk-message')?.message.id ?? ':';
    if (!id.includes(':')) this.#card.dispatchEvent(new ActIntent((chat) => void noteAddition(chat, id, product)));
  }

  #say(text: string): void {
    this.#card.dispatchEvent(new AnnounceIntent(text));
    this.#card.requestUpdate();
  }

  choosers(): TemplateResult | typeof nothing {
    const { product, strings, wide } = this.#card;
    return choosers({
      product,
      chosen: this.#chosen,
      strings,
      wide,
      missing: this.#missing,
      id: this.#id,
      onChoose: (...choice) => this.#choose(...choice),
    });
  }

  /** How it ended. In words too: colour alone tells some shoppers nothing. */
  result(): TemplateResult | typeof nothing {
    const { strings, shop } = this.#card;
    const words = this.#words;
    const [step, missing] = [this.#step, this.#missing];
    if (missing !== null)
      return html`<p class="refusal">${words.chooseFirst(labelled(this.#card.product, missing) || words.variant)}</p>`;
    if (step === 'ready' || step === 'adding') return nothing;
    if (typeof step === 'string') return html`<p class="refusal">${words.cartErrors[step]}</p>`;
    return html`<shopclerk-added .undo=${step.undo} .strings=${strings} .shop=${shop}></shopclerk-added>`;
  }
}
