import { css, html } from 'lit';
import type { CatalogueHit, CatalogueSearch } from '../../proxy/protocol/admin/index.ts';
import { DeskTrial } from '../components/trial.ts';
import { counted, duration } from '../format.ts';
import { webUrl } from '../web-url.ts';

/** @summary What the assistant's search finds for some words: as it is told, and as shoppers see it. No model is asked. */
export class DeskCatalogueSearch extends DeskTrial<CatalogueSearch> {
  static override styles = [
    ...DeskTrial.styles,
    css`
      ol {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(250px, 1fr));
        gap: 8px;
        margin: 12px 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        gap: 10px;
        padding: 8px;
        border: 1px solid var(--_border);
        border-radius: 10px;
      }
      img,
      .blank {
        flex: none;
        width: 56px;
        height: 56px;
        object-fit: contain;
        border-radius: 6px;
        background: #fff;
      }
      .blank {
        background: var(--_raised);
      }
      pre {
        max-height: 360px;
        overflow: auto;
        padding: 10px 12px;
        border-radius: 8px;
        background: var(--_raised);
        font-size: 12px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
  protected override readonly words = {
    heading: 'Try a search',
    label: 'Words',
    placeholder: 'grain-free puppy food',
    action: 'Search',
    busy: 'Searching…',
    most: 200,
  };

  protected override find(query: { shop: string; q: string }) {
    return this.api.ask<CatalogueSearch>('/catalogue/search', { query });
  }

  protected override told({ found }: CatalogueSearch): string {
    return `${counted(found, 'product')} found.`;
  }

  protected override results(found: CatalogueSearch) {
    return hits(found);
  }
}

function hits({ found, query, products, output, took_ms: took }: CatalogueSearch) {
  return html`<p class="muted">
      ${
        found === 0
          ? html`Nothing fits “<bdi>${query}</bdi>”. If you sell it, add these words to its title or tags.`
          : html`${counted(found, 'product')} for “<bdi>${query}</bdi>”, in ${duration(took)}.`
      }
    </p>
    ${products.length > 0 ? html`<ol aria-label="Found">${products.map(hit)}</ol>` : ''}
    <details>
      <summary class="small">What the assistant is told</summary>
      <pre tabindex="0" role="region" aria-label="What the assistant is told" dir="auto">${JSON.stringify(output, null, 2)}</pre>
    </details>`;
}

function hit({ title, url, image, price, in_stock: inStock }: CatalogueHit) {
  return html`<li>
    ${image && webUrl(image) ? html`<img src=${webUrl(image)} alt="" loading="lazy" />` : html`<span class="blank"></span>`}
    <span>
      ${
        webUrl(url)
          ? html`<a href=${webUrl(url)} target="_blank" rel="noopener noreferrer"><bdi>${title}</bdi></a>`
          : html`<bdi>${title}</bdi>`
      }
      <br /><span class="small muted">${price} · ${inStock ? 'in stock' : 'not in stock'}</span>
    </span>
  </li>`;
}

customElements.define('desk-catalogue-search', DeskCatalogueSearch);

declare global {
  interface HTMLElementTagNameMap {
    'desk-catalogue-search': DeskCatalogueSearch;
  }
}
