import { css, html, nothing } from 'lit';
import type { CatalogueStatus, CatalogueSyncResult } from '../../proxy/protocol/admin/index.ts';
import { wordsOf } from '../api.ts';
import '../catalogue/search.ts';
import '../components/empty.ts';
import { count, counted, duration, plain, sentence, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

/** While it is being read: how soon its progress is looked at again. */
const AGAIN_MS = 1_000;
const PHASES = { waiting: 'Waits for its turn', reading: 'Reading products', removing: 'Putting away what is gone' };

/** @summary Where products come from, how the last reading went, and what a search finds. */
export class DeskCatalogue extends DeskView {
  static override properties = { ...DeskView.properties, problem: { state: true } };
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    css`
      h2 {
        margin: 0 0 8px;
      }
      .facts {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(190px, 1fr));
        gap: 12px 24px;
        margin: 0 0 16px;
      }
      dt {
        color: var(--_muted);
        font-size: 13px;
      }
      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }
      .big {
        font-size: 24px;
        font-weight: 650;
        line-height: 1.2;
      }
      progress {
        accent-color: var(--_accent);
        width: min(320px, 100%);
      }
    `,
  ];
  readonly #loader = new Loader<CatalogueStatus>(this, (words) => this.context.say(words));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasRunning = false;
  declare problem: string;

  constructor() {
    super();
    this.problem = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** A search that is tried out, and what it has found. */
  override get begun(): boolean {
    return this.renderRoot.querySelector('desk-catalogue-search')?.begun ?? false;
  }

  override willUpdate(): void {
    const { shop } = this;
    this.#loader.ask(['catalogue', shop], (signal) => this.api.ask('/catalogue', { query: { shop }, signal }), {
      fresh: true,
    });
    clearTimeout(this.#timer);
    const { value: status } = this.#loader;
    if (!status) return;
    if (status.running) this.#timer = setTimeout(() => this.#loader.again(), AGAIN_MS);
    else if (this.#wasRunning)
      this.context.say(status.error ? 'The catalogue could not be read.' : 'The catalogue is read.');
    this.#wasRunning = status.running !== null;
  }

  override render() {
    return html`<div class="stack">
      ${this.#loader.render((status) => this.#status(status))}
      <desk-catalogue-search .api=${this.api} .shop=${this.shop} .say=${this.context.say}></desk-catalogue-search>
    </div>`;
  }

  #status(status: CatalogueStatus) {
    const { source, products, currency, synced_at: synced, error, running, last } = status;
    return html`<div class="stack">
      <section class="sheet">
        <dl class="facts">
          <div>
            <dt>Products</dt>
            <dd class="big">${count(products)}</dd>
          </div>
          <div>
            <dt>Read from</dt>
            <dd>${sentence(plain(source.type))}${source.place ? html`<br /><bdi class="small">${source.place}</bdi>` : nothing}</dd>
          </div>
          <div>
            <dt>How often</dt>
            <dd>${sentence(oftenOf(source))}</dd>
          </div>
          <div>
            <dt>Last read</dt>
            <dd>${synced ? when(synced) : 'never'}${currency ? html`<br /><span class="small">Prices in ${currency}</span>` : nothing}</dd>
          </div>
        </dl>
        ${
          error
            ? html`<p class="alert">
              The last reading failed: ${error}
              ${products > 0 ? html`<br />Shoppers are shown the products of before.` : nothing}
            </p>`
            : nothing
        }
        ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing}
        ${running ? this.#progress(running) : this.#buttons()}
      </section>
      ${last && !running ? outcome(last) : nothing}
      ${
        products === 0 && !running
          ? html`<desk-empty heading="No products yet">
            The assistant has nothing to show until the catalogue is read. Press “Read it now”; if that fails, the reason stands here.
          </desk-empty>`
          : nothing
      }
    </div>`;
  }

  #progress({ phase, read, total }: NonNullable<CatalogueStatus['running']>) {
    return html`<p class="row">
      <progress max=${total ?? 1} value=${total === null ? nothing : Math.min(read, total)} aria-label="Reading the catalogue"></progress>
      <span>${PHASES[phase]}: ${count(read)}${total === null ? nothing : html` of ${count(total)}`}</span>
    </p>`;
  }

  #buttons() {
    return html`<div class="row">
      <button class="button main" @click=${() => void this.#sync(false)}>Read it now</button>
      <button class="button" @click=${() => void this.#sync(true)}>Read everything anew</button>
      <span class="hint">“Now” takes what has changed, where the source can tell; the shop goes on as it is meanwhile.</span>
    </div>`;
  }

  async #sync(full: boolean): Promise<void> {
    this.problem = '';
    try {
      const query = { shop: this.shop };
      this.#loader.replace(await this.api.ask('/catalogue/sync', { method: 'POST', query, body: { full } }));
      this.context.say('The catalogue is being read.');
      this.#wasRunning = true;
      this.#loader.again();
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}

function oftenOf({ every_minutes: every, webhook }: CatalogueStatus['source']): string {
  const often =
    every === null ? 'when its file changes' : every === 0 ? 'only when asked' : `every ${counted(every, 'minute')}`;
  return webhook ? `${often}, and at each change` : often;
}

function outcome({
  ended_at: ended,
  status,
  error,
  added,
  changed,
  removed,
  took_ms: took,
  ...rest
}: CatalogueSyncResult) {
  const { left_out: leftOut, left_out_by_reason: reasons, counted: looked } = rest;
  const words = { synced: 'went well', skipped: 'found nothing new', failed: 'failed' }[status];
  return html`<section class="sheet">
    <h2>The last reading ${words}</h2>
    <p class="muted">
      ${when(ended)}${took === null ? nothing : html`, took ${duration(took)}`}.
      ${status === 'synced' ? html`${count(added)} added, ${count(changed)} changed, ${count(removed)} removed.` : nothing}
    </p>
    ${error ? html`<p class="alert">${error}</p>` : nothing}
    ${
      leftOut === 0
        ? nothing
        : html`<p>
              ${counted(leftOut, 'item')} ${leftOut === 1 ? 'was' : 'were'} left out. Mend them in your shop and read it again.
              ${looked < leftOut ? html`<span class="hint">Reasons are of the first ${count(looked)}.</span>` : nothing}
            </p>
            <div class="table free" tabindex="0" role="region" aria-label="Left out">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Why</th>
                    <th scope="col" class="number">Items</th>
                    <th scope="col">For example</th>
                  </tr>
                </thead>
                <tbody>
                  ${reasons.map(
                    (one) => html`<tr>
                      <td class="long">${one.reason}</td>
                      <td class="number">${count(one.count)}</td>
                      <td class="long"><bdi>${one.items.join(', ')}</bdi></td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
    }
  </section>`;
}
customElements.define('desk-catalogue', DeskCatalogue);
