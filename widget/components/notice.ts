import { html, nothing, type TemplateResult } from 'lit';
import type { NoticeEvent, ShopSettings } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import './contact.ts';
import { contactLinks } from './contact-links.ts';
import { openingHours } from './opening-hours.ts';

/** What the proxy itself has to say in the middle of an answer, and where to find people if that is it. */
export function notice(
  { code, contact = {} }: NoticeEvent,
  strings: Strings,
  shop: ShopSettings | null,
): TemplateResult {
  return html`<div class="notice" part="notice" role="note">
    <p>${laterStrings(strings).notices[code]}</p>
    ${openingHours(contact, strings)} ${contactLinks(contact, strings)}
    ${
      contact.form
        ? html`<shopclerk-contact .contact=${contact} .strings=${strings} .shop=${shop}></shopclerk-contact>`
        : nothing
    }
  </div>`;
}
