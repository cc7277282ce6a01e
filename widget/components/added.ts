import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { CartErrorCode, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { ActPart } from '../state/state.ts';
import { AnnounceIntent } from './intents.ts';
import { LaterPiece } from './later-piece.ts';
import { linkTo } from './link.ts';
import { definePiece } from './piece.ts';

/** It is in the cart: take it out again, or go there. */
export class AddedView extends LaterPiece {
  static override properties: PropertyDeclarations = {
    undo: { attribute: false },
    strings: { attribute: false },
    shop: { attribute: false },
    step: { state: true },
  };

  /** Null or undefined where that can't be done. */
  declare undo: ActPart['undo'] | null;
  declare strings: Strings;
  declare shop: ShopSettings | null;
  declare protected step: 'added' | 'undoing' | 'undone' | CartErrorCode;
  #life = new AbortController();

  constructor() {
    super();
    this.step = 'added';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life.abort();
    this.#life = new AbortController();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // Added once more.
    if (changed.has('undo')) this.step = 'added';
  }

  async #undo(undo: NonNullable<ActPart['undo']>): Promise<void> {
    if (this.step === 'undoing') return;
    this.step = 'undoing';
    const result = await undo(this.#life.signal);
    if (!this.isConnected) return;
    this.step = result.ok ? 'undone' : result.code;
    const strings = laterStrings(this.strings);
    this.dispatchEvent(new AnnounceIntent(result.ok ? strings.undone : strings.cartErrors[result.code]));
    // The button goes away; the focus stays with what it was about.
    const focused = this.contains((this.getRootNode() as ShadowRoot).activeElement);
    await this.updateComplete;
    if (focused) this.querySelector<HTMLElement>('.added')?.focus();
  }

  protected override render(): TemplateResult {
    const { step, shop, undo } = this;
    const strings = laterStrings(this.strings);
    const there = step === 'added' || step === 'undoing';
    const text = there ? `✓ ${strings.added}` : step === 'undone' ? strings.undone : strings.cartErrors[step];
    const cart = shop?.cart_url === undefined ? null : linkTo(shop.cart_url);
    return html`<div class="added" part="cart-result" tabindex="-1">
      <p>${text}</p>
      ${
        there && undo
          ? html`<button aria-disabled=${step === 'undoing'} @click=${() => void this.#undo(undo)}>
            ${strings.undo}
          </button>`
          : nothing
      }
      ${
        there && cart
          ? html`<a href=${cart.href} target=${cart.external ? '_blank' : nothing} rel="noopener">${strings.viewCart}</a>`
          : nothing
      }
    </div>`;
  }
}

definePiece('shopclerk-added', AddedView);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-added': AddedView;
  }
}
