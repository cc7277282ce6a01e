import { html, nothing, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { pictureIcon } from './icons.ts';
import { ProductIntent } from './intents.ts';
import { linkTo, newTabNote } from './link.ts';
import { price } from './price.ts';

export interface ProductCardOptions {
  product: Product;
  strings: Strings;
  /** BCP 47, for prices. */
  locale: string;
  /** The only product of an answer: picture beside the text, and its variants named. */
  wide: boolean;
}

/** Without its address, the sheet shows what stands for a picture; another product's address would bring it back. */
function dropImage({ target }: Event): void {
  (target as Element).removeAttribute('src');
}

function media({ images: [image] }: Product): TemplateResult {
  const link = image ? linkTo(image.url) : null;
  // The title is right beside it, so to a reader the picture adds nothing.
  return html`<div class="media" part="card-media">
    ${link ? html`<img src=${link.href} alt="" loading="lazy" decoding="async" @error=${dropImage} />` : nothing}
    ${pictureIcon}
  </div>`;
}

function stars(
  { value, count }: NonNullable<Product['rating']>,
  { strings, locale }: ProductCardOptions,
): TemplateResult {
  const shown = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
  return html`<span class="rating"
    ><span aria-hidden="true"><span class="star">★</span> <bdi>${shown}</bdi></span
    ><span class="unseen">${strings.rating(shown, count)}</span></span
  >`;
}

function facts(options: ProductCardOptions): TemplateResult {
  const { availability, rating } = options.product;
  const stock = options.strings.availability[availability];
  return html`<p class="facts">
    ${stock ? html`<span class="stock ${availability}" part="card-stock">${stock}</span>` : nothing}
    ${rating ? stars(rating, options) : nothing}
  </p>`;
}

function variants({ options }: Product): TemplateResult {
  return html`<dl class="options">
    ${options.map(({ name, values }) => html`<div><dt>${name}</dt><dd><bdi>${values.join(' · ')}</bdi></dd></div>`)}
  </dl>`;
}

function action({ product, strings }: ProductCardOptions): TemplateResult | typeof nothing {
  const link = linkTo(product.url);
  if (!link) return nothing;
  return html`<a
    class="action"
    part="card-action"
    href=${link.href}
    target=${link.external ? '_blank' : nothing}
    rel=${link.external ? 'noopener' : nothing}
    @click=${({ target }: Event) => target!.dispatchEvent(new ProductIntent(product))}
    >${strings.view}<span class="unseen">: <bdi>${product.title}</bdi></span> ${newTabNote(link, strings)}</a
  >`;
}

/** One product: picture, title, price, stock, and the way to its page. The whole card is that one link. */
export function productCard(options: ProductCardOptions): TemplateResult {
  const { product, strings, locale, wide } = options;
  const { title, brand, lang } = product;
  return html`<article class="card ${wide ? 'wide' : ''}" part="card">
    ${media(product)}
    <div class="body">
      ${brand ? html`<p class="brand"><bdi>${brand}</bdi></p>` : nothing}
      <p class="title" part="card-title" title=${title}><bdi lang=${lang ?? nothing}>${title}</bdi></p>
      ${price(product, strings, locale)} ${facts(options)}
      ${wide && product.options.length > 0 ? variants(product) : nothing} ${action(options)}
    </div>
  </article>`;
}
