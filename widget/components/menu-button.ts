import { html, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { moreIcon } from './icons.ts';

export interface MenuButtonOptions {
  strings: Strings;
  open: boolean;
  busy?: boolean;
  onClick: () => void;
  /** Somebody is about to press. */
  onIntent?: () => void;
  onKey?: (event: KeyboardEvent) => void;
}

/** The button of the menu, for itself and for who stands in its place until it is there. */
export function menuButton({
  strings: { more },
  open,
  busy = false,
  onClick,
  onIntent,
  onKey,
}: MenuButtonOptions): TemplateResult {
  return html`<button
    class="round"
    part="menu"
    aria-haspopup="menu"
    aria-expanded=${open}
    aria-busy=${busy}
    aria-label=${more}
    title=${more}
    @click=${onClick}
    @pointerenter=${onIntent}
    @focus=${onIntent}
    @keydown=${onKey}
  >
    ${moreIcon}
  </button>`;
}
