import { html, nothing, type TemplateResult } from 'lit';
import type { Money, Product, ProductVariant, UnitPrice } from '../../proxy/protocol/index.ts';
import { formatMoney } from '../i18n/money.ts';
import type { Strings } from '../i18n/index.ts';

export interface Priced {
  price: { min: Money; max: Money };
  list_price?: Money | undefined;
  unit_price?: UnitPrice | undefined;
}

/** What is asked for the variant that is chosen, else for the product. */
export function pricedOf(product: Product, variant: ProductVariant | null): Priced {
  if (!variant)
    return product.variants.length === 1 ? { ...product, unit_price: product.variants[0]!.unit_price } : product;
  const { price, list_price, unit_price } = variant;
  return { price: { min: price, max: price }, list_price, unit_price };
}

/** What it costs now first, then what it cost before; each isolated from the text's direction. */
export function price(
  { price: { min, max }, list_price, unit_price }: Priced,
  strings: Strings,
  locale: string,
): TemplateResult {
  const lowest = html`<bdi>${formatMoney(min, locale)}</bdi>`;
  // Some languages say it behind the price.
  const [before, after] = strings.from.split('{price}').map((text) => html`<span class="price-from">${text}</span>`);
  const now = min.amount === max.amount ? lowest : html`${before}${lowest}${after}`;
  const unit = unit_price
    ? html`<span class="price-unit"><bdi>${formatMoney(unit_price.price, locale)}</bdi> / <bdi>${unit_price.per}</bdi></span>`
    : nothing;
  if (!list_price) return html`<p class="price"><span part="card-price">${now}</span> ${unit}</p>`;
  return html`<p class="price on-sale">
    <span part="card-price"><span class="unseen">${strings.salePrice}</span> ${now}</span>
    <s part="card-price-old"
      ><span class="unseen">${strings.regularPrice}</span> <bdi>${formatMoney(list_price, locale)}</bdi></s
    >
    ${unit}
  </p>`;
}
