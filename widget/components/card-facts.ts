import { html, nothing, type TemplateResult } from 'lit';
import type { Product, ProductImage } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { pictureIcon } from './icons.ts';
import { linkTo } from './link.ts';

/** Without its address, the sheet shows what stands for a picture; another product's address would bring it back. */
function dropImage({ target }: Event): void {
  (target as Element).removeAttribute('src');
}

/** The picture in a place of its own size, whenever it comes. The title is right beside it, so it adds nothing to a reader. */
export function media(image: ProductImage | undefined): TemplateResult {
  const link = image ? linkTo(image.url) : null;
  return html`<div class="media" part="card-media">
    ${
      link
        ? html`<img
          src=${link.href}
          alt=""
          width=${image?.width ?? 400}
          height=${image?.height ?? 400}
          loading="lazy"
          decoding="async"
          @error=${dropImage}
        />`
        : nothing
    }
    ${pictureIcon}
  </div>`;
}

export function stars(rating: NonNullable<Product['rating']>, strings: Strings, locale: string): TemplateResult {
  const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(rating.value);
  return html`<span class="rating"
    ><span aria-hidden="true"><span class="star">★</span> <bdi>${shown}</bdi></span
    ><span class="unseen">${strings.rating(shown, rating.count)}</span></span
  >`;
}

export function stockMark({ availability }: Pick<Product, 'availability'>, strings: Strings) {
  const stock = strings.availability[availability];
  return stock ? html`<span class="stock ${availability}" part="card-stock">${stock}</span>` : nothing;
}
