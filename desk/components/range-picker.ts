import { css, html, LitElement, nothing } from 'lit';
import { isRange, MAX_DAYS, RANGES, rangeOf, USUAL_RANGE } from '../range.ts';
import { formValues } from '../form.ts';
import { base } from '../styles/base.ts';
import { segmentStyles } from '../styles/segments.ts';

export class RangeChosenEvent extends Event {
  /** As it stands in the address. */
  readonly range: string;
  constructor(range: string) {
    super('range-chosen', { bubbles: true, composed: true });
    this.range = range;
  }
}

/** Which days are looked at: four that are wanted often, or any. @fires range-chosen */
export class DeskRangePicker extends LitElement {
  static override properties = { value: {}, opened: { state: true }, problem: { state: true } };
  static override styles = [
    base,
    segmentStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px;
      }
      .field {
        width: auto;
        min-height: 36px;
      }
      p {
        flex-basis: 100%;
        margin: 0;
      }
    `,
  ];
  declare value: string;
  declare opened: boolean;
  declare problem: string;

  constructor() {
    super();
    this.value = USUAL_RANGE;
    this.opened = false;
    this.problem = '';
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('value')) this.opened = this.value.includes('..');
  }

  override render() {
    const chosen = this.opened ? 'custom' : this.value;
    const segment = (name: string, label: string) => html`<label>
      <input type="radio" name="range" value=${name} .checked=${chosen === name} @change=${() => this.#choose(name)} />
      <span>${label}</span>
    </label>`;
    return html`<fieldset class="segments">
        <legend class="unseen">Days (UTC)</legend>
        ${RANGES.map(({ name, label }) => segment(name, label))} ${segment('custom', 'Custom')}
      </fieldset>
      ${this.opened ? this.#form() : nothing}`;
  }

  #form() {
    const { from, to } = rangeOf(this.value, Date.now());
    return html`<form @submit=${this.#apply}>
      <input class="field" type="date" name="from" aria-label="From" required .value=${from} />
      <span aria-hidden="true">–</span>
      <input class="field" type="date" name="to" aria-label="To" required .value=${to} />
      <button class="button">Show</button>
      <p class="alert small" role="alert">${this.problem}</p>
    </form>`;
  }

  #choose(name: string): void {
    this.opened = name === 'custom';
    this.problem = '';
    if (!this.opened) this.dispatchEvent(new RangeChosenEvent(name));
  }

  #apply(event: SubmitEvent): void {
    const range = formValues(event) as { from: string; to: string };
    this.problem = isRange(range)
      ? ''
      : `Choose a first day that isn't after the last one, and ${MAX_DAYS} days at most.`;
    if (!this.problem) this.dispatchEvent(new RangeChosenEvent(`${range.from}..${range.to}`));
  }
}
customElements.define('desk-range-picker', DeskRangePicker);
