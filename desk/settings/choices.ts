/** What is chosen: yes or no, one of some, some of some. */
import { html } from 'lit';
import { aboutOf, idOf, textOf, valueIn, type Edit } from './editing.ts';

export function yes({ spec, draft, locked }: Edit) {
  return html`<label class="check">
    <input
      type="checkbox"
      id=${idOf(spec)}
      aria-describedby=${aboutOf(spec)}
      ?disabled=${locked}
      .checked=${(draft.valueOf(spec.field) ?? spec.field === 'contact.form') === true}
      @change=${(event: Event) => draft.set(spec.field, (event.target as HTMLInputElement).checked)}
    />
    ${spec.label}
  </label>`;
}

export function choice({ spec, draft, locked, wrong }: Edit, choices: readonly (readonly [string, string])[]) {
  const value = textOf(draft.valueOf(spec.field));
  // What the file names and nobody may choose stands there all the same.
  const all = choices.some(([name]) => name === value)
    ? choices
    : [[value, value || 'As whoever runs the proxy has it'] as const, ...choices];
  return html`<select
    class="field"
    id=${idOf(spec)}
    aria-describedby=${aboutOf(spec)}
    aria-invalid=${String(wrong)}
    ?disabled=${locked}
    @change=${(event: Event) => draft.set(spec.field, valueIn(event) || null)}
  >
    ${all.map(([name, label]) => html`<option value=${name} ?selected=${name === value}>${label}</option>`)}
  </select>`;
}

export function checks({ spec, draft, locked }: Edit, choices: readonly (readonly [string, string])[]) {
  const value = draft.valueOf(spec.field) as string[] | null;
  // Tools that aren't named are all of them.
  const chosen = new Set(value ?? (spec.kind === 'tools' ? choices.map(([name]) => name) : []));
  const toggle = (name: string) => {
    if (chosen.has(name)) chosen.delete(name);
    else chosen.add(name);
    const next = choices.map(([name]) => name).filter((name) => chosen.has(name));
    draft.set(spec.field, next.length === choices.length && spec.kind === 'tools' ? null : next);
  };
  return html`<fieldset class="checks" aria-describedby=${aboutOf(spec)} ?disabled=${locked}>
    <legend class="label">${spec.label}</legend>
    ${choices.map(
      ([name, label]) => html`<label class="check">
        <input type="checkbox" .checked=${chosen.has(name)} @change=${() => toggle(name)} />${label}
      </label>`,
    )}
  </fieldset>`;
}
