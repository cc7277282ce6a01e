import { html, type TemplateResult } from 'lit';
import type { Strings } from '../i18n/index.ts';
import { downIcon } from './icons.ts';

/** Back to the newest message, for a reader who has scrolled up. */
export function jump(strings: Strings, onJump: () => void): TemplateResult {
  return html`<button class="jump" part="jump" aria-label=${strings.jump} title=${strings.jump} @click=${onJump}>
    ${downIcon}
  </button>`;
}
