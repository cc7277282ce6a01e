import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { moreIcon } from './icons.ts';
import { AnnounceIntent } from './intents.ts';
import { later, loadLater } from './later.ts';
import { definePiece, Piece } from './piece.ts';

/** The button of the menu, for itself and for who stands in its place until it is there. */
export function menuButton({ more }: Strings, open: boolean, busy: boolean, onClick: () => void): TemplateResult {
  return html`<button
    class="round"
    part="menu"
    aria-haspopup="menu"
    aria-expanded=${open}
    aria-busy=${busy}
    aria-label=${more}
    title=${more}
    @click=${onClick}
    @pointerenter=${loadLater}
    @focus=${loadLater}
  >
    ${moreIcon}
  </button>`;
}

/** Brings the menu when somebody asks for it. */
export class MenuButton extends Piece {
  static override properties: PropertyDeclarations = {
    strings: { attribute: false },
    pressed: { state: true },
    busy: { state: true },
  };

  declare strings: Strings;
  declare protected pressed: boolean;
  declare protected busy: boolean;

  async #press(): Promise<void> {
    this.busy = true;
    this.pressed = (await loadLater()) !== null;
    this.busy = false;
    if (!this.pressed) this.dispatchEvent(new AnnounceIntent(this.strings.loadFailed));
  }

  protected override render(): TemplateResult {
    const { strings, pressed, busy } = this;
    if (pressed && later()) return html`<shopclerk-menu .strings=${strings} .shown=${'items'}></shopclerk-menu>`;
    return menuButton(strings, false, busy, () => void this.#press());
  }
}

definePiece('shopclerk-menu-button', MenuButton);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-menu-button': MenuButton;
  }
}
