import { css, html, nothing } from 'lit';
import type { UsageReport, UsageReportSums } from '../../proxy/protocol/admin/index.ts';
import type { ChartFigure } from '../components/chart-options.ts';
import '../components/chart.ts';
import '../components/empty.ts';
import { segments } from '../components/segments.ts';
import { count, counted, dayName, dollars, share, short } from '../format.ts';
import { Loader } from '../loader.ts';
import { chosenOf, type Choices } from '../route.ts';
import { segmentStyles } from '../styles/segments.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

type By = UsageReport['by'];
const BY: Choices<By> = [
  ['day', 'By day'],
  ['month', 'By month'],
  ['model', 'By model'],
  ['arm', 'By arm of a test'],
  ['purpose', 'By purpose'],
];
const HEADS: Record<By, string> = { day: 'Day (UTC)', month: 'Month', model: 'Model', arm: 'Arm', purpose: 'Purpose' };
const PURPOSES: Record<string, string> = {
  answer: 'Answers to shoppers',
  summary: 'Summaries of long conversations',
  embedding: 'Looking for meaning in documents',
  own: 'Tried out at the desk',
};
const DAY_MS = 24 * 60 * 60_000;

/** @summary What the models were asked, and what that cost. */
export class DeskUsage extends DeskView {
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    segmentStyles,
    css`
      h2 {
        margin: 0 0 8px;
      }
    `,
  ];
  readonly #loader = new Loader<UsageReport>(this, (words) => this.context.say(words));

  get #query() {
    const by = chosenOf(this.context.route, 'by', BY);
    return { shop: this.shop, ...this.context.range, by };
  }

  override willUpdate(): void {
    const query = this.#query;
    this.#loader.ask(['usage', query], (signal) => this.api.ask('/usage', { query, signal }));
  }

  override render() {
    const query = this.#query;
    return html`<div class="stack">
      <div class="row spread">
        ${segments({ legend: 'Sums', name: 'by', choices: BY, chosen: query.by, choose: (by) => this.refine({ by }) })}
        <a class="button" href=${this.api.url('/usage', { ...query, format: 'csv' })} download>Download CSV</a>
      </div>
      ${this.#loader.render((report) => this.#page(report), { lines: 12 })}
    </div>`;
  }

  #page(report: UsageReport) {
    const { rows, total, by } = report;
    if (rows.length === 0) {
      return html`<desk-empty heading="No model was asked in these days">
        Choose more days above. Every call of a model is counted here, with what it cost.
      </desk-empty>`;
    }
    return html`<div class="stack">
      ${by === 'day' && rows.length > 1 ? this.#chart(report) : nothing}
      <div class="table" tabindex="0" role="region" aria-label="Usage and cost">
        <table>
          <thead>
            <tr>
              <th scope="col">${HEADS[by]}</th>
              <th scope="col" class="number">Cost</th>
              <th scope="col" class="number">Calls</th>
              <th scope="col" class="number">Failed</th>
              <th scope="col" class="number">From our cache</th>
              <th scope="col" class="number">Tokens in</th>
              <th scope="col" class="number">Of them cached</th>
              <th scope="col" class="number">Tokens out</th>
            </tr>
          </thead>
          <tbody>
            ${[...rows]
              .sort((a, b) => (by === 'day' || by === 'month' ? b.key.localeCompare(a.key) : 0))
              .map(
                ({ key, ...sums }) => html`<tr>
                <th scope="row" class="day">${this.#name(by, key)}</th>
                ${cells(sums)}
              </tr>`,
              )}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">In all</th>
              ${cells(total)}
            </tr>
          </tfoot>
        </table>
      </div>
      ${
        total.unpriced_calls > 0
          ? html`<p class="hint">
            ${counted(total.unpriced_calls, 'call')} of models whose price nobody knows: their cost is missing. Say the prices in
            the shop's settings.
          </p>`
          : nothing
      }
    </div>`;
  }

  #name(by: By, key: string): string {
    if (by === 'day') return dayName(key, { year: true });
    if (by === 'purpose') return PURPOSES[key] ?? key;
    return key || 'No test';
  }

  /** Days without a call have no row, but a place. */
  #chart({ from, to, rows }: UsageReport) {
    const costs = new Map(rows.map(({ key, cost_micro_usd: cost }) => [key, cost]));
    const times: string[] = [];
    for (let at = Date.parse(from); at <= Date.parse(to); at += DAY_MS) times.push(new Date(at).toISOString());
    const figure: ChartFigure = {
      label: 'Cost',
      kind: 'bars',
      format: dollars,
      values: times.map((time) => costs.get(time.slice(0, 10)) ?? 0),
      before: null,
    };
    return html`<section class="sheet">
      <h2>Cost by day</h2>
      <desk-chart .times=${times} .figure=${figure}></desk-chart>
    </section>`;
  }
}

function cells(sums: UsageReportSums) {
  return html`<td class="number">${dollars(sums.cost_micro_usd)}</td>
    <td class="number">${count(sums.calls)}</td>
    <td class="number">${count(sums.errors)}</td>
    <td class="number">${share(sums.from_cache_share)}</td>
    <td class="number" title=${count(sums.input_tokens)}>${short(sums.input_tokens)}</td>
    <td class="number">${share(sums.cached_share)}</td>
    <td class="number" title=${count(sums.output_tokens)}>${short(sums.output_tokens)}</td>`;
}
customElements.define('desk-usage', DeskUsage);
