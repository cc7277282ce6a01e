import { html, nothing, type TemplateResult } from 'lit';
import type { ShopContact } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { linkTo, newTabNote } from './link.ts';

/** The ways to the people of a shop that need nothing of ours. */
export function contactLinks({ email, phone, url }: ShopContact, strings: Strings): TemplateResult {
  const page = url === undefined ? null : linkTo(url);
  return html`${email ? html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}"><bdi>${email}</bdi></a>` : nothing}
    ${phone ? html`<a href="tel:${phone.replace(/[^\d+]/g, '')}"><bdi>${phone}</bdi></a>` : nothing}
    ${
      page
        ? html`<a href=${page.href} target=${page.external ? '_blank' : nothing} rel="noopener"
          >${laterStrings(strings).contactPage} ${newTabNote(page, strings)}</a
        >`
        : nothing
    }`;
}
