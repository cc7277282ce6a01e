import { css, html, nothing } from 'lit';
import type { AuditEntry, AuditPage } from '../../proxy/protocol/admin/index.ts';
import '../components/empty.ts';
import { segments } from '../components/segments.ts';
import { plain, when } from '../format.ts';
import { inWords } from '../gap-kinds.ts';
import { Loader } from '../loader.ts';
import { Pager } from '../pager.ts';
import { chosenOf } from '../route.ts';
import { segmentStyles } from '../styles/segments.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

const SCOPES = [
  ['', 'This shop'],
  ['all', 'All that I may see'],
] as const;

/** @summary Who changed what. */
export class DeskAudit extends DeskView {
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    segmentStyles,
    css`
      pre {
        margin: 4px 0 0;
        padding: 8px 10px;
        max-width: 70ch;
        max-height: 260px;
        overflow: auto;
        border-radius: 8px;
        background: var(--_raised);
        font-size: 12px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
  readonly #loader = new Loader<AuditPage>(this, (words) => this.context.say(words));
  readonly #pager = new Pager(this);

  get #query() {
    const isAll = chosenOf(this.context.route, 'scope', SCOPES) === 'all';
    return { shop: isAll ? null : this.shop, limit: 50 };
  }

  override willUpdate(): void {
    const query = this.#query;
    this.#loader.ask(['audit', query], (signal) => this.api.ask('/audit', { query, signal }));
  }

  override render() {
    return html`<div class="stack">
      ${segments({
        legend: 'Whose changes',
        name: 'scope',
        choices: SCOPES,
        chosen: this.#query.shop === null ? 'all' : '',
        choose: (scope) => this.refine({ scope }),
      })}
      ${this.#loader.render((page) => this.#list(page), { lines: 10 })}
    </div>`;
  }

  #list({ entries, next_cursor: cursor }: AuditPage) {
    if (entries.length === 0) {
      return html`<desk-empty heading="No changes yet">
        Whatever somebody changes at the desk is written down here: what, when, who, and how it was before.
      </desk-empty>`;
    }
    return html`<div class="table stacks" tabindex="0" role="region" aria-label="Changes">
        <table>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">Shop</th>
            </tr>
          </thead>
          <tbody>
            ${entries.map((entry) => row(entry))}
          </tbody>
        </table>
      </div>
      <p class="row">
        ${
          cursor === null
            ? nothing
            : html`<button class="button" aria-disabled=${String(this.#pager.pending)} @click=${() => this.#more(cursor)}>Show older ones</button>`
        }
        ${this.#pager.problem ? html`<span class="alert small" role="alert">${this.#pager.problem}</span>` : nothing}
      </p>`;
  }

  #more(cursor: string): void {
    const query = { ...this.#query, cursor };
    void this.#pager.next(
      (signal) => this.api.ask<AuditPage>('/audit', { query, signal }),
      (page) => this.#loader.replace({ ...page, entries: [...(this.#loader.value?.entries ?? []), ...page.entries] }),
    );
  }
}

function row({ at, who, action, shop, subject, before, after }: AuditEntry) {
  const hasMore = isSomething(before) || isSomething(after);
  return html`<tr>
    <td class="number">${when(at)}</td>
    <td>${who}</td>
    <td class="long">
      ${plain(action).replace('.', ' ')}${subject ? html`: <bdi>${action.startsWith('gap.') ? inWords(subject) : subject}</bdi>` : nothing}
      ${
        hasMore
          ? html`<details>
            <summary class="hint">What changed</summary>
            ${isSomething(before) ? html`<p class="hint">Before</p><pre dir="auto">${written(before)}</pre>` : nothing}
            ${isSomething(after) ? html`<p class="hint">After</p><pre dir="auto">${written(after)}</pre>` : nothing}
          </details>`
          : nothing
      }
    </td>
    <td>${shop ?? '–'}</td>
  </tr>`;
}

function isSomething(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
customElements.define('desk-audit', DeskAudit);
