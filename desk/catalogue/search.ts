import { css, html, LitElement, nothing } from 'lit';
import type { CatalogueHit, CatalogueSearch } from '../../proxy/protocol/admin/index.ts';
import { wordsOf, type Api } from '../api.ts';
import { formValues } from '../form.ts';
import { counted, duration } from '../format.ts';
import { base } from '../styles/base.ts';
import { webUrl } from '../web-url.ts';

/** @summary What the assistant's search finds for some words: as it is told, and as shoppers see it. No model is asked. */
export class DeskCatalogueSearch extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    say: { attribute: false },
    found: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 8px;
      }
      h2 {
        margin: 0 0 8px;
      }
      label {
        flex: 1 1 260px;
      }
      label > .field {
        margin-block-start: 4px;
        font-weight: 400;
      }
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
  declare api: Api;
  declare shop: string;
  declare say: (words: string) => void;
  declare found: CatalogueSearch | null;
  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.found = null;
    this.problem = '';
    this.busy = false;
  }

  override render() {
    return html`<section class="sheet" aria-labelledby="heading">
      <h2 id="heading">Try a search</h2>
      <form @submit=${this.#search}>
        <label>
          Words
          <input class="field" name="q" type="search" required maxlength="200" dir="auto" placeholder="grain-free puppy food" />
        </label>
        <button class="button main" aria-disabled=${String(this.busy)}>${this.busy ? 'Searching…' : 'Search'}</button>
      </form>
      ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing} ${this.found ? hits(this.found) : nothing}
    </section>`;
  }

  readonly #search = async (event: SubmitEvent): Promise<void> => {
    const { q = '' } = formValues(event);
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      this.found = await this.api.ask('/catalogue/search', { query: { shop: this.shop, q } });
      this.say(`${counted(this.found!.found, 'product')} found.`);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.busy = false;
    }
  };
}

function hits({ found, query, products, output, took_ms: took }: CatalogueSearch) {
  return html`<p class="muted">
      ${
        found === 0
          ? html`Nothing fits “<bdi>${query}</bdi>”. If you sell it, add these words to its title or tags.`
          : html`${counted(found, 'product')} for “<bdi>${query}</bdi>”, in ${duration(took)}.`
      }
    </p>
    ${products.length > 0 ? html`<ol aria-label="Found">${products.map(hit)}</ol>` : nothing}
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
