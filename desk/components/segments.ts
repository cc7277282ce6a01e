import { html } from 'lit';

interface SegmentsOptions<T extends string> {
  /** For readers. */
  legend: string;
  name: string;
  choices: readonly (readonly [value: T, label: string])[];
  chosen: string;
  choose: (value: T) => void;
}

/** One of a few; with `segmentStyles`. */
export function segments<T extends string>({ legend, name, choices, chosen, choose }: SegmentsOptions<T>) {
  return html`<fieldset class="segments">
    <legend class="unseen">${legend}</legend>
    ${choices.map(
      ([value, label]) => html`<label>
        <input type="radio" name=${name} value=${value} .checked=${value === chosen} @change=${() => choose(value)} />
        <span>${label}</span>
      </label>`,
    )}
  </fieldset>`;
}
