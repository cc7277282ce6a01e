/** What is typed: a line, a text, lines, a number. */
import { html, nothing } from 'lit';
import { count } from '../format.ts';
import { aboutOf, idOf, linesOf, textOf, typed, valueIn, type Of } from './editing.ts';

export function line({ spec, draft, locked, wrong }: Of<'text'>) {
  return html`<input
    class="field"
    id=${idOf(spec)}
    type=${spec.type ?? 'text'}
    dir="auto"
    maxlength=${spec.most ?? 2000}
    placeholder=${spec.placeholder ?? ''}
    aria-describedby=${aboutOf(spec)}
    aria-invalid=${String(wrong)}
    ?disabled=${locked}
    .value=${textOf(draft.valueOf(spec.field))}
    @input=${(event: Event) => {
      const text = valueIn(event);
      // A shop has a name, and a tone of '' is one.
      draft.set(spec.field, text === '' && spec.field !== 'name' && spec.field !== 'tone' ? null : text);
    }}
  />`;
}

export function area({ spec, draft, locked, wrong }: Of<'text'>) {
  const text = textOf(draft.valueOf(spec.field));
  return html`<textarea
      class="field long"
      id=${idOf(spec)}
      dir="auto"
      rows="12"
      maxlength=${spec.most ?? 20_000}
      aria-describedby=${aboutOf(spec)}
      aria-invalid=${String(wrong)}
      ?disabled=${locked}
      .value=${text}
      @input=${(event: Event) => draft.set(spec.field, valueIn(event))}
    ></textarea>
    <span class="hint number">${count(text.length)} of ${count(spec.most ?? 20_000)} characters</span>`;
}

export function lines({ spec, draft, locked, wrong }: Of<'lines'>) {
  const { field } = spec;
  const entries = (draft.valueOf(field) ?? []) as string[];
  return html`<textarea
    class="field"
    id=${idOf(spec)}
    rows=${Math.min(8, Math.max(2, entries.length + 1))}
    placeholder=${spec.placeholder ?? ''}
    aria-describedby=${aboutOf(spec)}
    aria-invalid=${String(wrong)}
    ?disabled=${locked}
    .value=${typed(draft, field, entries.join('\n'))}
    @input=${(event: Event) => {
      draft.raw.set(field, valueIn(event));
      draft.set(field, linesOf(valueIn(event)));
    }}
  ></textarea>`;
}

export function number({ spec, draft, locked, wrong }: Of<'number'>) {
  const { field } = spec;
  const value = draft.valueOf(field) as number | null;
  const most = draft.fieldOf(field)?.most;
  return html`<span class="row">
    <input
      class="field short"
      id=${idOf(spec)}
      type="number"
      inputmode="decimal"
      min="0"
      step=${spec.step ?? 1}
      max=${most ?? nothing}
      aria-describedby=${aboutOf(spec)}
      aria-invalid=${String(wrong)}
      ?disabled=${locked}
      .value=${typed(draft, field, value === null ? '' : String(value))}
      @input=${(event: Event) => {
        const text = valueIn(event);
        draft.raw.set(field, text);
        draft.set(field, text === '' ? null : Number(text));
      }}
    />
    ${
      most === undefined
        ? nothing
        : html`<span class="hint">${most === null ? 'empty: no limit' : html`${count(most)} at the most`}</span>`
    }
  </span>`;
}
