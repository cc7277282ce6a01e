import { html, nothing, type TemplateResult } from 'lit';
import type { Product } from '../../proxy/protocol/index.ts';
import type { Strings } from '../i18n/index.ts';
import { laterStrings } from '../i18n/later.ts';
import { axesOf, outlook, type Axis, type Chosen } from './choice.ts';
import { labelled } from './labelled.ts';

export interface ChoosersOptions {
  product: Product;
  chosen: Chosen;
  strings: Strings;
  /** Room for buttons, where there are few values. */
  wide: boolean;
  /** The name of an option that has to be chosen first. */
  missing: string | null;
  /** Unique in the panel: radio buttons of a name are one group. */
  id: string;
  onChoose: (name: string, value: string) => void;
}

/** More than this many characters in all don't fit into a line or two. */
const MAX_BUTTONS_TEXT = 44;

function mark({ product, chosen, strings }: ChoosersOptions, axis: Axis, value: string): string {
  const state = outlook(product, chosen, axis, value);
  return state === 'open' ? '' : state === 'none' ? laterStrings(strings).notMade : strings.availability.out_of_stock;
}

function select(options: ChoosersOptions, axis: Axis): TemplateResult {
  const { product, chosen, strings, missing, onChoose } = options;
  const name = labelled(product, axis.name) || laterStrings(strings).variant;
  // An object is set at every drawing: with other options, a browser may have chosen another by itself.
  return html`<select
    class="axis"
    aria-label=${name}
    aria-invalid=${missing === axis.name ? 'true' : nothing}
    .value=${{ toString: () => chosen[axis.name] ?? '' }}
    @change=${({ target }: Event) => onChoose(axis.name, (target as HTMLSelectElement).value)}
  >
    <option value="" disabled ?selected=${chosen[axis.name] === undefined}>${name}…</option>
    ${axis.values.map((value) => {
      const note = mark(options, axis, value);
      return html`<option value=${value} ?selected=${chosen[axis.name] === value}>
        ${note ? `${labelled(product, value)} – ${note}` : labelled(product, value)}
      </option>`;
    })}
  </select>`;
}

function buttons(options: ChoosersOptions, axis: Axis, index: number): TemplateResult {
  const { product, chosen, strings, missing, id, onChoose } = options;
  return html`<fieldset class="axis ${missing === axis.name ? 'missing' : ''}">
    <legend>${labelled(product, axis.name) || laterStrings(strings).variant}</legend>
    ${axis.values.map((value) => {
      const note = mark(options, axis, value);
      return html`<label class="value ${note ? 'closed' : ''}">
        <input
          type="radio"
          name="${id}-${index}"
          .checked=${chosen[axis.name] === value}
          @change=${() => onChoose(axis.name, value)}
        />
        <bdi>${labelled(product, value)}</bdi>${note ? html`<span class="unseen">, ${note}</span>` : nothing}
      </label>`;
    })}
  </fieldset>`;
}

/** Everything that is left to the shopper. What can't be had is marked and not hidden: it may be what they look for. */
export function choosers(options: ChoosersOptions): TemplateResult | typeof nothing {
  const axes = axesOf(options.product);
  if (axes.length === 0) return nothing;
  return html`<div class="choices" part="card-options">
    ${axes.map((axis, index) =>
      options.wide && axis.values.join('  ').length <= MAX_BUTTONS_TEXT
        ? buttons(options, axis, index)
        : select(options, axis),
    )}
  </div>`;
}
