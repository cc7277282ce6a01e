import { html, nothing, type TemplateResult } from 'lit';
import type { NoticeEvent, ShopContact } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { linkTo, newTabNote } from './link.ts';

/** The ways to the people of a shop that need nothing of ours. */
export function contactLinks({ email, phone, url }: ShopContact, strings: Strings): TemplateResult {
  const page = url === undefined ? null : linkTo(url);
  return html`${email ? html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}"><bdi>${email}</bdi></a>` : nothing}
    ${phone ? html`<a href="tel:${phone.replace(/[^\d+]/g, '')}"><bdi>${phone}</bdi></a>` : nothing}
    ${
      page
        ? html`<a href=${page.href} target=${page.external ? '_blank' : nothing} rel="noopener"
          >${strings.contactPage} ${newTabNote(page, strings)}</a
        >`
        : nothing
    }`;
}

/** What the proxy itself has to say in the middle of an answer, and where to find people if that is it. */
export function notice(
  { code, contact = {} }: NoticeEvent,
  strings: Strings,
  form: TemplateResult | typeof nothing,
): TemplateResult {
  return html`<div class="notice" part="notice" role="note">
    <p>${strings.notices[code]}</p>
    ${contactLinks(contact, strings)} ${form}
  </div>`;
}
