import { html, nothing, type TemplateResult } from 'lit';
import type { NoticeEvent } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { linkTo, newTabNote } from './link.ts';

/** What the proxy itself has to say in the middle of an answer, and where to find people if that is it. */
export function notice({ code, contact: { email, phone, url } = {} }: NoticeEvent, strings: Strings): TemplateResult {
  const page = url === undefined ? null : linkTo(url);
  return html`<div class="notice" part="notice" role="note">
    <p>${laterStrings(strings).notices[code]}</p>
    ${email ? html`<a href="mailto:${encodeURIComponent(email).replace('%40', '@')}"><bdi>${email}</bdi></a>` : nothing}
    ${phone ? html`<a href="tel:${phone.replace(/[^\d+]/g, '')}"><bdi>${phone}</bdi></a>` : nothing}
    ${
      page
        ? html`<a href=${page.href} target=${page.external ? '_blank' : nothing} rel="noopener"
          >${laterStrings(strings).contactPage} ${newTabNote(page, strings)}</a
        >`
        : nothing
    }
  </div>`;
}
