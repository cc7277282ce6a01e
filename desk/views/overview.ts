import { html, nothing } from 'lit';
import type { Overview, OverviewCost, OverviewPercentiles } from '../../proxy/protocol/admin/index.ts';
import { change } from '../components/change.ts';
import '../components/chart.ts';
import '../components/empty.ts';
import { count, counted, dollars, duration, plain, sentence, share } from '../format.ts';
import { Loader } from '../loader.ts';
import { daysIn } from '../range.ts';
import { changeStyles } from '../styles/change.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';
import { chartOf, MAIN_FIGURES, type MainFigure } from './overview-series.ts';
import { overviewStyles } from './overview.styles.ts';

const NAMES: Record<string, string> = {
  alone_share: 'Answered without your help',
  additions: 'Added to carts',
  first_ms: 'Time to the first word',
  whole_ms: 'Time to the whole answer',
  cost_micro_usd: 'Cost',
  counted_micro_usd: 'Counted against the budget',
  no_results: 'Without a result',
};

/** @summary How a shop's assistant does, in a minute. */
export class DeskOverview extends DeskView {
  static override styles = [...DeskView.styles, tableStyles, changeStyles, overviewStyles];
  readonly #loader = new Loader<Overview>(this, (words) => this.context.say(words));

  override willUpdate(): void {
    const { range } = this.context;
    const query = { shop: this.shop, ...range, by: daysIn(range) === 1 ? 'hour' : 'day', compare: 1 };
    this.#loader.ask(['overview', query], (signal) => this.api.ask('/overview', { query, signal }));
  }

  override render() {
    return this.#loader.render((overview) => this.#page(overview), { lines: 12 });
  }

  #page(overview: Overview) {
    const { period, before } = overview;
    if (period.figures.messages === 0 && !before?.figures.messages) return this.#nothing(overview);
    return html`<div class="stack">
      <div class="grid">${MAIN_FIGURES.map((figure) => this.#figure(figure, overview))}</div>
      <div class="grid">
        ${this.#cost(overview)} ${this.#speed(overview)} ${this.#errors(overview)} ${this.#products(overview)}
      </div>
      <details class="sheet">
        <summary>What these figures count</summary>
        <dl>
          ${Object.entries(overview.explained).map(
            ([name, words]) => html`<dt>${NAMES[name] ?? sentence(plain(name))}</dt>
              <dd>${words}</dd>`,
          )}
        </dl>
      </details>
    </div>`;
  }

  #nothing({ cost }: Overview) {
    return html`<div class="stack">
      <desk-empty heading="Nobody has asked anything in these days">
        Choose more days above. If your assistant is new: put its script tag into your shop's pages, open one of them and
        ask something yourself; it appears here at once.
      </desk-empty>
      <div class="grid">${this.#budget('Cost today', cost.today)} ${this.#budget('Cost this month', cost.month)}</div>
    </div>`;
  }

  #figure(figure: MainFigure, overview: Overview) {
    const { period, before, by } = overview;
    const { key, label, format, kind } = figure;
    const value = period.figures[key];
    return html`<section class="sheet figure" aria-labelledby="figure-${key}">
      <h2 id="figure-${key}">${label}</h2>
      <div class="row">
        <span class="big">${format(value as number)}</span>
        ${change(value, before?.figures[key], { rise: 'good', points: kind === 'line' })}
        <span class="aside">${this.#beside(key, overview)}</span>
      </div>
      <desk-chart
        .times=${period.series.map(({ at }) => at)}
        .by=${by}
        .figure=${chartOf(figure, overview)}
      ></desk-chart>
    </section>`;
  }

  #beside(key: MainFigure['key'], { period: { figures } }: Overview) {
    switch (key) {
      case 'conversations':
        return counted(figures.messages, 'question');
      case 'alone_share':
        return html`<a href=${this.href('conversations', { filter: 'handoff' })}
          >${counted(figures.hand_offs, 'hand-off')}</a
        >`;
      case 'satisfaction':
        return html`<a href=${this.href('conversations', { filter: 'rating' })}
          >${count(figures.ups)} good, ${count(figures.downs)} bad</a
        >`;
      case 'additions':
        return `${counted(figures.pieces, 'piece')}, ${count(figures.additions_by_card)} from cards`;
    }
  }

  #cost({ cost, period, before }: Overview) {
    return html`<section class="sheet">
      <h2><a href=${this.href('usage')}>Cost</a></h2>
      <p class="row">
        <span class="big">${dollars(period.figures.cost_micro_usd)}</span>
        ${change(period.figures.cost_micro_usd, before?.figures.cost_micro_usd)}
        <span class="aside">in these days</span>
      </p>
      ${this.#budget('Today', cost.today)} ${this.#budget('This month', cost.month)}
    </section>`;
  }

  #budget(
    label: string,
    { cost_micro_usd: cost, counted_micro_usd: used, budget_micro_usd: budget, unpriced_calls }: OverviewCost,
  ) {
    return html`<div class="cost">
      <p class="row spread">
        <span>${label}</span><span class="number">${dollars(cost)}${budget === null ? nothing : ` of ${dollars(budget)}`}</span>
      </p>
      ${
        budget === null
          ? html`<p class="hint">No budget is set.</p>`
          : html`<meter min="0" max=${budget} low=${budget * 0.8} high=${budget * 0.95} optimum="0" .value=${used} aria-label="${label}, of the budget"></meter>`
      }
      ${
        unpriced_calls > 0
          ? html`<p class="hint">${counted(unpriced_calls, 'call')} of models without a known price come on top.</p>`
          : nothing
      }
    </div>`;
  }

  #speed({ period, before }: Overview) {
    const row = (label: string, now: OverviewPercentiles, then: OverviewPercentiles | undefined) => html`<tr>
      <th scope="row">${label}</th>
      ${(['p50', 'p95', 'p99'] as const).map(
        (name) => html`<td class="number">
          ${duration(now[name])}<br />${change(now[name], then?.[name], { rise: 'bad' })}
        </td>`,
      )}
    </tr>`;
    return html`<section class="sheet">
      <h2>Speed</h2>
      <table>
        <thead>
          <tr>
            <td></td>
            <th scope="col" class="number">Half within</th>
            <th scope="col" class="number">95%</th>
            <th scope="col" class="number">99%</th>
          </tr>
        </thead>
        <tbody>
          ${row('First word', period.figures.first_ms, before?.figures.first_ms)}
          ${row('Whole answer', period.figures.whole_ms, before?.figures.whole_ms)}
        </tbody>
      </table>
    </section>`;
  }

  #errors({ period: { figures, errors }, before }: Overview) {
    return html`<section class="sheet">
      <h2><a href=${this.href('conversations', { filter: 'error' })}>Errors</a></h2>
      <p class="row">
        <span class="big">${share(figures.error_share)}</span>
        ${change(figures.error_share, before?.figures.error_share, { rise: 'bad', points: true })}
        <span class="aside">${counted(figures.errors, 'answer')} failed</span>
      </p>
      ${errors.length === 0 ? html`<p class="muted">Every question got its answer.</p>` : nothing}
      <table>
        <tbody>
          ${errors.slice(0, 5).map(
            ({ code, count: times }) => html`<tr>
              <td>${sentence(plain(code))}</td>
              <td class="number">${count(times)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }

  #products({ period: { products } }: Overview) {
    return html`<section class="sheet">
      <h2>Most added to carts</h2>
      ${
        products.length === 0
          ? html`<p class="muted">Nothing yet. Cards get a button when the widget knows your shop's cart.</p>`
          : nothing
      }
      <table>
        <tbody>
          ${products.slice(0, 6).map(
            ({ product_id, title, additions }) => html`<tr>
              <td dir="auto">${title ?? `Product ${product_id}, no longer sold`}</td>
              <td class="number">${count(additions)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </section>`;
  }
}
customElements.define('desk-overview', DeskOverview);
