import { html, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import { formatMoney } from '../i18n/money.ts';
import type { Strings } from '../i18n/index.ts';

/** The price of a product: what it costs now first, then what it cost before; each isolated from the text's direction. */
export function price(product: Product, strings: Strings, locale: string): TemplateResult {
  const { min, max } = product.price;
  const now = html`<bdi>${formatMoney(min, locale)}</bdi>`;
  const from = min.amount === max.amount ? '' : html`<span class="price-from">${strings.from}</span>`;
  if (!product.list_price) return html`<p class="price"><span part="card-price">${from}${now}</span></p>`;
  return html`<p class="price on-sale">
    <span part="card-price"><span class="unseen">${strings.salePrice}</span> ${from}${now}</span>
    <s part="card-price-old"
      ><span class="unseen">${strings.regularPrice}</span> <bdi>${formatMoney(product.list_price, locale)}</bdi></s
    >
  </p>`;
}
