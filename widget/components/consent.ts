import { html, nothing, type TemplateResult } from 'lit';
import type { ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { ConsentIntent } from './intents.ts';
import { linkTo, newTabNote } from './link.ts';

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
