import { css, html, nothing } from 'lit';
import type { Gap, GapKind, GapOccurrence, GapOccurrences, GapPage } from '../../proxy/protocol/admin/index.ts';
import { Attempt } from '../attempt.ts';
import '../components/empty.ts';
import { segments } from '../components/segments.ts';
import { count, counted, when } from '../format.ts';
import { GAP_NAMES } from '../gap-kinds.ts';
import { Loader } from '../loader.ts';
import { Pager } from '../pager.ts';
import { chosenOf, type Choices } from '../route.ts';
import { segmentStyles } from '../styles/segments.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

const KINDS: Choices<GapKind | ''> = [['', 'All'], ...(Object.entries(GAP_NAMES) as [GapKind, string][])];
const STATES = [
  ['open', 'Open'],
  ['done', 'Done'],
  ['all', 'Both'],
] as const;
const ORDERS = [
  ['count', 'Most asked'],
  ['recent', 'Last asked'],
] as const;
/** What each kind is, and what to do about it. */
const ADVICE: Record<string, string> = {
  '': 'What shoppers asked and your shop had no answer to. Each line leads to its conversations; tick off what you have mended.',
  unanswered: 'No document of your shop answers these. Add a page or a few lines to one, and the assistant will know.',
  not_sold:
    'Nothing in your catalogue answers to this. Sell it, or add the words that shoppers use to the products you have.',
  no_result:
    'These words found nothing at first, though the answer showed products in the end. Add them to titles or tags.',
  claims: 'The assistant wanted to say this, but nothing in your shop accounts for it: it was taken out of the answer.',
};

/** @summary What shoppers asked for and didn't get. */
export class DeskGaps extends DeskView {
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    segmentStyles,
    css`
      .advice {
        margin: 0;
        max-width: 75ch;
      }
      .latest {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
        font-size: 13px;
      }
      .done {
        text-decoration: line-through;
        color: var(--_muted);
      }
    `,
  ];
  static override properties = { ...DeskView.properties, occurrences: { state: true } };
  readonly #loader = new Loader<GapPage>(this, (words) => this.context.say(words));
  readonly #pager = new Pager(this);
  readonly #attempt = new Attempt(this);
  /** All conversations of a gap, where somebody asked for them. */
  declare occurrences: ReadonlyMap<string, GapOccurrence[]>;

  constructor() {
    super();
    this.occurrences = new Map();
  }

  get #query() {
    const { route } = this.context;
    return {
      shop: this.shop,
      kind: chosenOf(route, 'kind', KINDS),
      state: chosenOf(route, 'state', STATES),
      order: chosenOf(route, 'order', ORDERS),
      limit: 50,
    };
  }

  override willUpdate(): void {
    const query = this.#query;
    this.#loader.ask(['gaps', query], async (signal) => {
      const page = await this.api.ask<GapPage>('/gaps', { query, signal });
      this.context.say(`${counted(page.total, 'gap')}.`);
      return page;
    });
  }

  override render() {
    const { kind, state, order } = this.#query;
    return html`<div class="stack">
      <div class="row">
        ${segments({ legend: 'Kind', name: 'kind', choices: KINDS, chosen: kind, choose: (value) => this.refine({ kind: value }) })}
        ${segments({ legend: 'State', name: 'state', choices: STATES, chosen: state, choose: (value) => this.refine({ state: value }) })}
        ${segments({ legend: 'Order', name: 'order', choices: ORDERS, chosen: order, choose: (value) => this.refine({ order: value }) })}
      </div>
      <p class="advice muted">${ADVICE[kind]}</p>
      ${this.#attempt.render()}
      ${this.#loader.render((page) => this.#list(page), { lines: 10 })}
    </div>`;
  }

  #list({ gaps, total, next_cursor: cursor }: GapPage) {
    if (gaps.length === 0) {
      return html`<desk-empty heading=${this.#query.state === 'done' ? 'Nothing is ticked off yet' : 'No gaps'}>
        ${
          this.#query.state === 'done'
            ? 'When you have mended something, press Done beside it; asked again later, it comes back.'
            : 'Everything that shoppers asked for was found. What is missing will be listed here, with its conversations.'
        }
      </desk-empty>`;
    }
    return html`<div class="table stacks" tabindex="0" role="region" aria-label="Gaps">
        <table>
          <thead>
            <tr>
              <th scope="col">Asked for</th>
              <th scope="col">What is missing</th>
              <th scope="col" class="number">Times</th>
              <th scope="col" class="number">Last asked</th>
              <th scope="col"><span class="unseen">Mark</span></th>
            </tr>
          </thead>
          <tbody>
            ${gaps.map((gap) => this.#row(gap))}
          </tbody>
        </table>
      </div>
      <p class="row">
        ${
          cursor === null
            ? nothing
            : html`<button class="button" aria-disabled=${String(this.#pager.pending)} @click=${() => this.#more(cursor)}>Show more</button>`
        }
        <span class="muted small">${count(gaps.length)} of ${count(total)}</span>
        ${this.#pager.problem ? html`<span class="alert small" role="alert">${this.#pager.problem}</span>` : nothing}
      </p>`;
  }

  #row(gap: Gap) {
    const { kind, key, text, count: times, last_at: last, done_at: done, done_by: by, latest } = gap;
    const all = this.occurrences.get(`${kind} ${key}`);
    const shown = all ?? latest;
    return html`<tr>
      <td class="long">
        <bdi class=${done ? 'done' : ''}>${text}</bdi>
        ${done ? html`<span class="hint"> done by ${by}, ${when(done)}</span>` : nothing}
        <details>
          <summary class="hint">${times === 1 ? 'The conversation' : 'The conversations'}</summary>
          <ul class="latest">
            ${shown.map(
              (one) => html`<li>
                <a href=${this.href(['conversation', one.thread_id], { turn: one.turn_id })}><bdi>${one.text}</bdi></a>,
                ${when(one.at)}
              </li>`,
            )}
            ${
              !all && times > latest.length
                ? html`<li><button class="button quiet small" @click=${() => void this.#all(gap)}>Show all of them</button></li>`
                : nothing
            }
          </ul>
        </details>
      </td>
      <td>${GAP_NAMES[kind]}</td>
      <td class="number" data-label="Times">${count(times)}</td>
      <td class="number" data-label="Last">${when(last)}</td>
      <td class="number">
        <button class="button" aria-label="${done ? 'Open again' : 'Done'}: ${text}" @click=${() => void this.#mark(gap)}>
          ${done ? 'Open again' : 'Done'}
        </button>
      </td>
    </tr>`;
  }

  #more(cursor: string): void {
    const query = { ...this.#query, cursor };
    void this.#pager.next(
      (signal) => this.api.ask<GapPage>('/gaps', { query, signal }),
      (page) => this.#loader.replace({ ...page, gaps: [...(this.#loader.value?.gaps ?? []), ...page.gaps] }),
    );
  }

  async #all({ kind, key }: Gap): Promise<void> {
    await this.#attempt.run(async () => {
      const query = { shop: this.shop, kind, key };
      const { occurrences } = await this.api.ask<GapOccurrences>('/gaps/occurrences', { query });
      this.occurrences = new Map([...this.occurrences, [`${kind} ${key}`, occurrences]]);
      this.context.say(`${counted(occurrences.length, 'conversation')}.`);
    });
  }

  async #mark({ kind, key, text, done_at: wasDone }: Gap): Promise<void> {
    await this.#attempt.run(async () => {
      const done = wasDone === null;
      await this.api.ask('/gaps/done', { method: 'POST', query: { shop: this.shop }, body: { kind, key, done } });
      this.context.say(`${text}: ${done ? 'done' : 'open again'}.`);
      this.#loader.again();
      // Its line may be gone with the button: go on from the page's own start.
      this.renderRoot.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true });
    });
  }
}
customElements.define('desk-gaps', DeskGaps);
