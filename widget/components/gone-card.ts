import { html, type TemplateResult } from 'lit';
import type { GoneProduct } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { media } from './card-facts.ts';

/** In the place of a card whose product the shop no longer has. */
export function goneCard({ title }: GoneProduct, wide: boolean, { availability }: Strings): TemplateResult {
  return html`<article class="card gone ${wide ? 'wide' : ''}" part="card">
    ${media(undefined)}
    <div class="body">
      <p class="title" part="card-title" title=${title}><bdi>${title}</bdi></p>
      <p class="facts"><span class="stock discontinued" part="card-stock">${availability.discontinued}</span></p>
    </div>
  </article>`;
}
