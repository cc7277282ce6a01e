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
    contact: { type: Boolean },
    talk: { type: Boolean },
    pressed: { state: true },
    busy: { state: true },
  };

  declare strings: Strings;
  /** As the menu's own. */
  declare contact: boolean;
  declare talk: boolean;
  declare protected pressed: boolean;
  declare protected busy: boolean;

  async #press(): Promise<void> {
    this.busy = true;
    this.pressed = (await loadLater()) !== null;
    this.busy = false;
    if (!this.pressed) this.dispatchEvent(new AnnounceIntent(this.strings.loadFailed));
  }

  protected override render(): TemplateResult {
    const { strings, contact, talk, pressed, busy } = this;
    if (pressed && later()) {
      return html`<shopclerk-menu
        .strings=${strings}
        .contact=${contact}
        .talk=${talk}
        .shown=${'items'}
      ></shopclerk-menu>`;
    }
    return menuButton({
      strings,
      open: false,
      busy,
      onClick: () => void this.#press(),
      onIntent: () => void loadLater(),
      // As the menu's own button.
      onKey: (event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        void this.#press();
      },
    });
  }
}

definePiece('shopclerk-menu-opener', MenuOpener);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-menu-opener': MenuOpener;
  }
}
