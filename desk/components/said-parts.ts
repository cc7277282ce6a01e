/** An answer as the shopper was told it. Texts of shoppers, models and catalogues are text nodes; Markdown goes through the widget's own renderer. */
import { html, nothing } from 'lit';
import type { SaidCard, SaidPart } from '../../proxy/protocol/admin/index.ts';
import { minorDigits } from '../../proxy/protocol/money.ts';
import type { Money, Product } from '../../proxy/protocol/index.ts';
import '../../widget/components/prose.ts';
import { plain } from '../format.ts';
import './cite.ts';

/** Hebrew, Arabic and their kin: cards then begin where the answer's lines do. */
const RTL = /[\u0590-\u08ff\ufb1d-\ufefc]/;

export type Products = ReadonlyMap<number, Product>;

export function saidPart(part: SaidPart, products: Products) {
  switch (part.type) {
    case 'text':
      return html`<shopclerk-prose .text=${part.content}></shopclerk-prose>`;
    case 'products':
      return html`${heading(part)}
        <ul class="cards" dir=${part.cards.some(({ title }) => RTL.test(title ?? '')) ? 'rtl' : 'ltr'}>
          ${part.cards.map((card) => html`<li>${cardOf(card, products)}</li>`)}
        </ul>`;
    case 'comparison':
      return html`${heading(part)} ${comparison(part, products)}`;
    case 'cart':
      return cart(part);
    case 'citations':
      return html`<details class="sources">
        <summary>Sources (${part.data.length})</summary>
        <ol>
          ${part.data.map(
            ({ number, title, section, quote, url }) => html`<li value=${number}>
              <bdi>${url && webUrl(url) ? html`<a href=${webUrl(url)} target="_blank" rel="noopener noreferrer">${title}</a>` : title}</bdi
              >${section ? html` · <bdi>${section}</bdi>` : nothing}
              ${quote ? html`<blockquote dir="auto">${quote}</blockquote>` : nothing}
            </li>`,
          )}
        </ol>
      </details>`;
    case 'notice':
      return html`<p class="aside">${NOTICES[part.code] ?? plain(part.code)}</p>`;
    case 'suggestions':
      return html`<p class="aside">Suggested: ${part.data.map((text) => html`<span class="tag" dir="auto">${text}</span> `)}</p>`;
  }
}

const NOTICES: Record<string, string> = {
  off_topic: 'Was told that this has nothing to do with the shop. No model was asked.',
  search_only: 'Was told that only the search answers now: the budget was used up.',
  contact: 'Was shown how to reach your people.',
  moderated: 'Was told that the assistant may not speak about this.',
};

function heading({ title, why }: { title?: string; why?: string }) {
  return html`${title ? html`<h3 dir="auto">${title}</h3>` : nothing}${
    why ? html`<p class="aside" dir="auto">${why}</p>` : nothing
  }`;
}

function cardOf({ product_id: id, title, price, availability }: SaidCard, products: Products) {
  const today = products.get(id);
  const image = today?.images.find(({ url }) => webUrl(url) !== null);
  const name = title ?? today?.title ?? `Product ${id}`;
  return html`<div class="card">
    ${image ? html`<img src=${webUrl(image.url)} alt="" width="56" height="56" loading="lazy" />` : html`<span class="blank"></span>`}
    <div>
      <bdi class="name">${today ? html`<a href=${webUrl(today.url) ?? ''} target="_blank" rel="noopener noreferrer">${name}</a>` : name}</bdi>
      <span class="aside" dir="ltr">
        ${price ? priceOf(price) : nothing}${availability && availability !== 'unknown' ? ` · ${plain(availability)}` : nothing}
        ${today ? nothing : ' · no longer sold'}
      </span>
    </div>
  </div>`;
}

function comparison({ cards, rows }: Extract<SaidPart, { type: 'comparison' }>, products: Products) {
  const nameOf = ({ product_id: id, title }: SaidCard) => title ?? products.get(id)?.title ?? `Product ${id}`;
  const line = (name: string, values: readonly unknown[]) => html`<tr>
    <th scope="row"><bdi>${name}</bdi></th>
    ${values.map((value) => html`<td><bdi>${value ?? '–'}</bdi></td>`)}
  </tr>`;
  return html`<div class="table free" tabindex="0" role="region" aria-label="Comparison">
    <table>
      <thead>
        <tr>
          <td></td>
          ${cards.map((card) => html`<th scope="col"><bdi>${nameOf(card)}</bdi></th>`)}
        </tr>
      </thead>
      <tbody>
        ${line(
          'Price',
          cards.map(({ price }) => (price ? priceOf(price) : null)),
        )}
        ${rows.map(({ name, values }) => line(name, values))}
      </tbody>
    </table>
  </div>`;
}

function cart({ added, outcome }: Extract<SaidPart, { type: 'cart' }>) {
  const what = added
    ? html`<bdi>${added.title ?? `Product ${added.product_id}`}</bdi> × ${added.quantity}`
    : 'the cart';
  if (!added) return html`<p class="aside">Looked into the cart${outcome.ok ? '' : `: ${plain(outcome.code)}`}.</p>`;
  return html`<p class="aside">
    <span class="tag ${outcome.ok ? 'good' : ''}">${outcome.ok ? 'Put into the cart' : `Not put into the cart: ${plain(outcome.code)}`}</span>
    ${what}
  </p>`;
}

function priceOf({ min, max }: { min: Money; max: Money }): string {
  return min.amount === max.amount ? amountOf(min) : `${amountOf(min)} – ${amountOf(max)}`;
}

function amountOf({ amount, currency }: Money): string {
  const value = amount / 10 ** minorDigits(currency);
  return new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).format(value);
}

/** As the wire has them: http(s), some relative to the address of the proxy. Null of anything else. */
function webUrl(url: string): string | null {
  if (!URL.canParse(url, location.origin)) return null;
  const { href, protocol } = new URL(url, location.origin);
  return protocol === 'https:' || protocol === 'http:' ? href : null;
}
