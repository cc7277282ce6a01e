import { html } from 'lit';
import type { ConversationPage, GapPage, Overview, OverviewPercentiles } from '../../proxy/protocol/admin/index.ts';
import { change } from '../components/change.ts';
import '../components/chart.ts';
import '../components/empty.ts';
import { count, counted, dollars, duration, plain, sentence } from '../format.ts';
import { Loader } from '../loader.ts';
import { budget } from '../overview/budget.ts';
import { asked, failed, LINES, missing, sold } from '../overview/lists.ts';
import { overviewStyles } from '../overview/overview.styles.ts';
import { chartOf, MAIN_FIGURES, type MainFigure } from '../overview/series.ts';
import { daysIn } from '../range.ts';
import { changeStyles } from '../styles/change.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

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
  readonly #asked = new Loader<ConversationPage>(this, (words) => this.context.say(words));
  readonly #missing = new Loader<GapPage>(this, (words) => this.context.say(words));
  readonly #href = this.href.bind(this);

  override willUpdate(): void {
    const { range } = this.context;
    const query = { shop: this.shop, ...range, by: daysIn(range) === 1 ? 'hour' : 'day', compare: 1 };
    this.#loader.ask(['overview', query], (signal) => this.api.ask('/overview', { query, signal }));
    const latest = { shop: this.shop, ...range, limit: LINES };
    this.#asked.ask(['asked', latest], (signal) => this.api.ask('/conversations', { query: latest, signal }));
    const open = { shop: this.shop, state: 'open', order: 'count', limit: LINES };
    this.#missing.ask(['missing', open], (signal) => this.api.ask('/gaps', { query: open, signal }));
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
        ${this.#sheet(
          html`<a href=${this.href('conversations')}>What shoppers ask</a>`,
          this.#asked.render((page) => asked(page, this.#href), { lines: LINES }),
        )}
        ${this.#sheet(
          html`<a href=${this.href('gaps')}>What is missing</a>`,
          this.#missing.render((page) => missing(page, this.#href), { lines: LINES }),
        )}
        ${this.#cost(overview)} ${this.#sheet('Most added to carts', sold(overview))}
        ${this.#sheet(html`<a href=${this.href('conversations', { filter: 'error' })}>Errors</a>`, failed(overview))}
        ${this.#speed(overview)}
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
        Choose more days above. If your assistant is new:
        <a href=${this.href('install')}>put its script tag into your shop's pages</a>, open one of them and ask something
        yourself; it appears here at once. You can <a href=${this.href('playground')}>try it here</a> before.
      </desk-empty>
      <section class="sheet">
        <h2>Cost</h2>
        ${budget('Today', cost.today)} ${budget('This month', cost.month)}
      </section>
    </div>`;
  }

  #sheet(heading: unknown, content: unknown) {
    return html`<section class="sheet list">
      <h2>${heading}</h2>
      ${content}
    </section>`;
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
      ${budget('Today', cost.today)} ${budget('This month', cost.month)}
    </section>`;
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
            <th scope="col" class="number">95% within</th>
            <th scope="col" class="number">99% within</th>
          </tr>
        </thead>
        <tbody>
          ${row('First word', period.figures.first_ms, before?.figures.first_ms)}
          ${row('Whole answer', period.figures.whole_ms, before?.figures.whole_ms)}
        </tbody>
      </table>
    </section>`;
  }
}
customElements.define('desk-overview', DeskOverview);
