import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import type { ComparisonPart } from '../state/state.ts';
import { media, stars, stockMark } from './card-facts.ts';
import { changes } from './changes.ts';
import { ProductIntent } from './intents.ts';
import { LaterPiece } from './later-piece.ts';
import { linkTo, newTabNote } from './link.ts';
import { definePiece } from './piece.ts';
import { price } from './price.ts';

/** Products side by side: a table that scrolls inside itself, its first column always in sight. */
export class ComparisonTable extends LaterPiece {
  static override properties: PropertyDeclarations = {
    what: { attribute: false },
    strings: { attribute: false },
    locale: {},
  };

  declare what: ComparisonPart;
  declare strings: Strings;
  declare locale: string;

  #head(product: Product): TemplateResult {
    const { title, lang, url, images } = product;
    const link = linkTo(url);
    const name = html`<bdi lang=${lang ?? nothing}>${title}</bdi>`;
    return html`<th scope="col">
      ${media(images[0])}
      ${
        link
          ? html`<a
            href=${link.href}
            target=${link.external ? '_blank' : nothing}
            rel=${link.external ? 'noopener' : nothing}
            @click=${({ target }: Event) => target!.dispatchEvent(new ProductIntent(product))}
            >${name} ${newTabNote(link, this.strings)}</a
          >`
          : name
      }
    </th>`;
  }

  #row(name: string, cell: (product: Product, index: number) => unknown): TemplateResult {
    return html`<tr>
      <th scope="row"><bdi>${name}</bdi></th>
      ${this.what.products.map((product, index) => html`<td>${cell(product, index)}</td>`)}
    </tr>`;
  }

  #nothing(): TemplateResult {
    return html`<span aria-hidden="true">–</span><span class="unseen">${laterStrings(this.strings).notStated}</span>`;
  }

  protected override render(): TemplateResult {
    const { what, strings, locale } = this;
    const { products, rows, title, gone = [] } = what;
    const words = laterStrings(strings);
    const rated = products.some(({ rating }) => rating);
    return html`<div class="compare" part="comparison">
      ${title ? html`<p class="carousel-title" dir="auto">${title}</p>` : nothing}
      <div class="compare-scroll" tabindex="0" role="region" aria-label=${title ?? words.comparison}>
        <table>
          <thead>
            <tr>
              <td></td>
              ${products.map((product) => this.#head(product))}
            </tr>
          </thead>
          <tbody>
            ${this.#row(words.price, (product) => price(product, strings, locale))}
            ${this.#row(words.stock, (product) => [stockMark(product, strings), changes(product, strings, locale)])}
            ${rated ? this.#row(words.rated, ({ rating }) => (rating ? stars(rating, strings, locale) : this.#nothing())) : nothing}
            ${rows.map(({ name, values }) => this.#row(name, (_, index) => (values[index] ? html`<bdi>${values[index]}</bdi>` : this.#nothing())))}
          </tbody>
        </table>
      </div>
      ${gone.map(({ title }) => html`<p class="note"><bdi>${title}</bdi>: ${strings.availability.discontinued}</p>`)}
    </div>`;
  }
}

definePiece('shopclerk-comparison', ComparisonTable);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-comparison': ComparisonTable;
  }
}
