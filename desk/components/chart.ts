import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import uPlot from 'uplot';
import { dayName, hourName, NONE } from '../format.ts';
import { base } from '../styles/base.ts';
import { tableStyles } from '../styles/table.ts';
import { stepOf } from './chart-keys.ts';
import { chartOptions, type ChartColours, type ChartFigure } from './chart-options.ts';
import { chartSheet } from './chart-sheet.ts';

/**
 * @summary One figure over days or hours: drawn, to go through with the arrow keys, and as a table.
 *
 * To readers of the screen the drawing is a slider over its slots: each key says the next one's name and figure.
 */
export class DeskChart extends LitElement {
  static override properties = {
    times: { attribute: false },
    by: {},
    figure: { attribute: false },
    tip: { state: true },
    at: { state: true },
  };
  static override styles = [
    chartSheet,
    base,
    tableStyles,
    css`
      .plot {
        position: relative;
        height: 180px;
        overflow: hidden;
      }
      .plot:focus-visible {
        outline-offset: 0;
        border-radius: 6px;
      }
      .uplot {
        font-family: inherit;
      }
      .u-hz .u-cursor-x {
        border-color: var(--_muted);
      }
      .tip {
        min-height: 20px;
        margin: 0;
        font-size: 13px;
        color: var(--_muted);
        font-variant-numeric: tabular-nums;
      }
      .key {
        display: inline-block;
        width: 18px;
        border-block-start: 2px dashed var(--_before);
        vertical-align: middle;
      }
      details {
        font-size: 13px;
      }
      summary {
        color: var(--_muted);
      }
      .table {
        max-height: 260px;
        margin-block-start: 8px;
      }
    `,
  ];
  /** ISO 8601, UTC: where the slots begin. */
  declare times: readonly string[];
  declare by: 'day' | 'hour';
  declare figure: ChartFigure;
  declare tip: string;
  /** The slot that the keyboard is on. */
  declare at: number;

  #plot: uPlot | null = null;
  readonly #resized = new ResizeObserver(() => this.#resize());
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    super();
    this.times = [];
    this.by = 'day';
    this.tip = '';
    this.at = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#draw);
    this.#resized.observe(this);
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#draw);
    this.#resized.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** Other figures begin with their newest slot. */
  override willUpdate(changed: PropertyValues): void {
    if (changed.has('times')) this.at = Math.max(0, this.times.length - 1);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('figure') || changed.has('times')) this.#draw();
  }

  override render() {
    const { label, before } = this.figure;
    const unit = this.by === 'hour' ? 'hour' : 'day';
    return html`<div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label="${label} by ${unit} (UTC)"
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, this.times.length - 1)}
        aria-valuenow=${this.at}
        aria-valuetext=${this.#said(this.at)}
        @keydown=${this.#onKeydown}
        @focus=${() => this.#target?.matches(':focus-visible') && this.#point(this.at)}
        @blur=${() => this.#point(null)}
      ></div>
      <p class="tip">
        ${this.tip || html`By ${unit} (UTC)${before ? html` · <span class="key"></span> the period before` : nothing}`}
      </p>
      <details>
        <summary>As a table</summary>
        ${this.#table()}
      </details>`;
  }

  #table() {
    const { label, values, before, format } = this.figure;
    const cell = (value: number | null | undefined) =>
      html`<td class="number">${value === null || value === undefined ? NONE : format(value)}</td>`;
    return html`<div class="table" tabindex="0" role="region" aria-label="${label} as a table">
      <table>
        <thead>
          <tr>
            <th scope="col">${this.by === 'hour' ? 'Hour' : 'Day'} (UTC)</th>
            <th scope="col" class="number">${label}</th>
            ${before ? html`<th scope="col" class="number">Before</th>` : nothing}
          </tr>
        </thead>
        <tbody>
          ${this.times.map(
            (_, index) => html`<tr>
              <th scope="row">${this.#name(index)}</th>
              ${cell(values[index])} ${before ? cell(before[index]) : nothing}
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  get #target(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.plot');
  }

  #name(index: number): string {
    const time = this.times[index];
    if (time === undefined) return '';
    return this.by === 'hour' ? hourName(time) : dayName(time);
  }

  readonly #draw = (): void => {
    const target = this.#target;
    if (!target) return;
    this.#plot?.destroy();
    const { values, before } = this.figure;
    const series = [this.times.map((_, index) => index), [...values], ...(before ? [[...before]] : [])];
    const size = { width: Math.max(target.clientWidth, 120), height: target.clientHeight };
    const options = chartOptions(this.figure, size, this.#colours(), (index) => this.#name(index), this.#onPoint);
    this.#plot = new uPlot(options, series as uPlot.AlignedData, target);
  };

  #resize(): void {
    const target = this.#target;
    if (!target || !this.#plot || target.clientWidth === this.#plot.width || target.clientWidth === 0) return;
    this.#plot.setSize({ width: target.clientWidth, height: target.clientHeight });
  }

  readonly #onPoint = ({ cursor: { idx } }: uPlot): void => {
    this.tip = idx === null || idx === undefined ? '' : this.#said(idx);
  };

  /** "Nov 3: 45 · before: 30" */
  #said(index: number): string {
    const { values, before, format } = this.figure;
    const said = (value: number | null | undefined) => (value === null || value === undefined ? NONE : format(value));
    return `${this.#name(index)}: ${said(values[index])}${before ? ` · before: ${said(before[index])}` : ''}`;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const next = stepOf(event.key, this.at, this.times.length - 1);
    if (next === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.at = next;
    this.#point(next);
  };

  /** As a pointer over this slot would; null takes it away. */
  #point(index: number | null): void {
    const plot = this.#plot;
    if (!plot) return;
    plot.setCursor(index === null ? { left: -10, top: -10 } : { left: plot.valToPos(index, 'x'), top: 0 });
  }

  /** A canvas knows no custom properties: an element that wears each colour says what it is. */
  #colours(): ChartColours {
    const probe = document.createElement('span');
    this.renderRoot.append(probe);
    const colour = (token: string): string => {
      probe.style.color = `var(${token})`;
      return getComputedStyle(probe).color;
    };
    const colours = {
      main: colour('--_accent-text'),
      before: colour('--_before'),
      grid: colour('--_border'),
      text: colour('--_muted'),
      font: getComputedStyle(this).fontFamily,
    };
    probe.remove();
    return colours;
  }
}
customElements.define('desk-chart', DeskChart);
