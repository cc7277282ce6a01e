import { html, nothing, type TemplateResult } from 'lit';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import type { Host } from '../element/host.ts';
import { consentNeeded } from '../state/state.ts';
import { dress, sheetOf } from '../styles/sheet.ts';
import { announce } from './announcer.ts';
import { consentStyles } from './consent.styles.ts';
import { ConsentIntent } from './consent-intent.ts';
import { linkTo, newTabNote } from './link.ts';
import { primaryStyles } from './primary.styles.ts';

const sheet = sheetOf(primaryStyles + consentStyles);

/** Draws it, and says it. It takes the focus only from the composer, which can't keep it. */
export function ask(host: Host, strings: Strings): void {
  // Meanwhile the page may have said that they agree.
  if (!consentNeeded(host.state)) return;
  const root = host.renderRoot as ShadowRoot;
  dress(root, sheet);
  host.requestUpdate();
  host.performUpdate();
  announce(root, strings.consent);
  if (root.activeElement?.closest('shopclerk-composer')) root.querySelector<HTMLElement>('.consent button')?.focus();
}

/** What is stored and sent, and the one button that lets it be. It stands where the shopper would write. */
export function consent(shop: ShopSettings, strings: Strings): TemplateResult {
  const policy = linkTo(shop.privacy_url ?? '');
  return html`<div class="consent" part="consent" role="group" aria-labelledby="shopclerk-consent">
    <button
      class="primary"
      aria-describedby="shopclerk-consent"
      @click=${({ target }: Event) => target!.dispatchEvent(new ConsentIntent())}
    >
      ${strings.agree}
    </button>
    <p id="shopclerk-consent">
      ${strings.consent}
      ${
        shop.privacy_url && policy
          ? html`<a href=${policy.href} target="_blank" rel="noopener">${strings.privacy}${newTabNote({ ...policy, external: true }, strings)}</a>`
          : nothing
      }
    </p>
  </div>`;
}
