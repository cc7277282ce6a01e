import { css, html, nothing } from 'lit';
import type { DeskHealth, HealthStatus, ShopHealth, ShopModelHealth } from '../../proxy/protocol/admin/health.ts';
import { checkList, checkStyles } from '../components/checks.ts';
import { bytes, count, plain, sentence, when } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { shopName } from '../shop-name.ts';
import { DeskView } from '../view.ts';

const TITLES: Record<HealthStatus, string> = {
  ok: 'All is well',
  warning: 'It works, but look at this',
  error: 'Something is broken',
};
const ROLES: Record<ShopModelHealth['role'], string> = {
  default: 'first choice',
  cheaper: 'for easy questions',
  fallback: 'when others fail',
  arm: 'in a test',
};
const CIRCUITS = { closed: 'answers', 'half-open': 'is being tried again', open: 'is not asked now' } as const;

/** @summary Whether everything works, and what to do where it doesn't. */
export class DeskHealthView extends DeskView {
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    checkStyles,
    css`
      h2 {
        margin: 0;
      }
      ul.plain {
        margin: 0;
        padding: 0;
        list-style: none;
      }
    `,
  ];
  readonly #loader = new Loader<DeskHealth>(this, (words) => this.context.say(words));

  override willUpdate(): void {
    this.#loader.ask(['health'], (signal) => this.api.ask('/health', { signal }));
  }

  override render() {
    return this.#loader.render((health) => this.#page(health), { lines: 8 });
  }

  #page({
    status,
    version,
    environment,
    started_at: started,
    active_turns: turns,
    checks,
    shops,
    storage,
  }: DeskHealth) {
    return html`<div class="stack">
      <section class="sheet stack">
        <div class="row spread">
          <h2>${TITLES[status]}</h2>
          <button class="button" @click=${this.#again}>Check again</button>
        </div>
        ${checkList(
          checks.map(({ status, kind, shop, message }) => ({
            status,
            what: html`${sentence(kind)}${shop ? html` · <bdi>${shop}</bdi>` : nothing}<br /><span class="muted" dir="auto">${message}</span>`,
          })),
        )}
        <p class="hint">
          Version ${version}, ${environment}, running since ${when(started)}; ${count(turns)} answers under way.
          ${
            storage
              ? html`The database has ${bytes(storage.database_bytes)}; ${bytes(storage.disk_free_bytes)} of ${bytes(storage.disk_bytes)} are free.`
              : nothing
          }
        </p>
      </section>
      <div class="table stacks" tabindex="0" role="region" aria-label="Shops">
        <table>
          <thead>
            <tr>
              <th scope="col">Shop</th>
              <th scope="col" class="number">Products</th>
              <th scope="col">Catalogue read</th>
              <th scope="col">Models</th>
            </tr>
          </thead>
          <tbody>
            ${shops.map((shop) => row(shop, shopName({ slug: shop.shop, name: shop.name }, this.context.shops)))}
          </tbody>
        </table>
      </div>
    </div>`;
  }

  readonly #again = (): void => {
    this.context.say('Checking.');
    this.#loader.again();
  };
}

function row({ products, synced_at: synced, sync_error: failure, models }: ShopHealth, name: string) {
  return html`<tr>
    <th scope="row" class="wide"><bdi>${name}</bdi></th>
    <td class="number" data-label="Products">${count(products)}</td>
    <td data-label="Read">${synced ? when(synced) : 'never'}${failure ? html`<br /><span class="alert">${failure}</span>` : nothing}</td>
    <td class="wide">
      <ul class="plain">
        ${models.map((model) => html`<li>${modelOf(model)}</li>`)}
      </ul>
    </td>
  </tr>`;
}

function modelOf({ model, role, circuit, last_error: failure, warnings }: ShopModelHealth) {
  return html`${model} <span class="muted small">${ROLES[role]}, ${circuit ? CIRCUITS[circuit] : 'not asked yet'}</span>
    ${failure && circuit !== 'closed' ? html`<span class="alert small">${failure}</span>` : nothing}
    ${warnings.map(({ kind, date }) => html`<span class="tag bad">${kind === 'shutdown' && date ? `ends ${date}` : plain(kind)}</span>`)}`;
}
customElements.define('desk-health', DeskHealthView);
