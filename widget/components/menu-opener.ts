import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { AnnounceIntent } from './intents.ts';
import { later, loadLater } from './later.ts';
import { menuButton } from './menu-button.ts';
import { definePiece, Piece } from './piece.ts';

/** Brings the menu when somebody asks for it. */
export class MenuOpener extends Piece {
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
    return menuButton({
      strings,
      open: false,
      busy,
      onClick: () => void this.#press(),
      onIntent: () => void loadLater(),
    });
  }
}

definePiece('shopclerk-menu-opener', MenuOpener);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-menu-opener': MenuOpener;
  }
}
