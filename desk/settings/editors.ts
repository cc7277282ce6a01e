/** How a field is written: one small form for each kind. What is typed goes to the draft at once. */
import { html, nothing } from 'lit';
import { count } from '../format.ts';
import { contrastMark, isColour, OWN_COLOURS, type ColourName } from './contrast.ts';
import { aboutOf, idOf, linesOf, typed, valueIn, type Edit } from './editing.ts';
import type { FieldSpec } from './fields.ts';
import { greetingsEditor } from './greetings.ts';
import { hoursEditor } from './hours.ts';
import { knowledgeEditor } from './knowledge.ts';
import { languagesEditor } from './languages.ts';

type Of<K extends FieldSpec['kind']> = Edit<Extract<FieldSpec, { kind: K }>>;

export function editor(edit: Edit): unknown {
  const { spec } = edit;
  switch (spec.kind) {
    case 'text':
      return spec.long ? area(edit as Of<'text'>) : line(edit as Of<'text'>);
    case 'lines':
      return lines(edit as Of<'lines'>);
    case 'number':
      return number(edit as Of<'number'>);
    case 'yes':
      return yes(edit);
    case 'choice':
      return choice(edit, spec.choices);
    case 'models':
      return choice(edit, [
        ...(spec.none ? [['', 'None'] as const] : []),
        ...edit.draft.state.models.map((name) => [name, name] as const),
      ]);
    case 'checks':
      return checks(edit, spec.choices);
    case 'tools':
      return checks(
        edit,
        edit.draft.state.tools.map((name) => [name, name.replaceAll('_', ' ')] as const),
      );
    case 'colour':
      return colour(edit, edit.draft.valueOf(spec.field), (value) => edit.draft.set(spec.field, value), {
        key: spec.field,
        name: spec.field.split('.').at(-1) as ColourName,
        scheme: 'light',
        ground: edit.draft.valueOf('theme.surface'),
      });
    case 'dark':
      return dark(edit);
    case 'cache':
      return cache(edit);
    case 'languages':
      return languagesEditor(edit as Of<'languages'>);
    case 'knowledge':
      return knowledgeEditor(edit);
    case 'greetings':
      return greetingsEditor(edit);
    case 'hours':
      return hoursEditor(edit);
    case 'json':
      return json(edit);
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function line({ spec, draft, locked, wrong }: Of<'text'>) {
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

function area({ spec, draft, locked, wrong }: Of<'text'>) {
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

function lines({ spec, draft, locked, wrong }: Of<'lines'>) {
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

function number({ spec, draft, locked, wrong }: Of<'number'>) {
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

function yes({ spec, draft, locked }: Edit) {
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

function choice({ spec, draft, locked, wrong }: Edit, choices: readonly (readonly [string, string])[]) {
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

function checks({ spec, draft, locked }: Edit, choices: readonly (readonly [string, string])[]) {
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

interface ColourOptions {
  /** Of what was typed. */
  key: string;
  name: ColourName;
  scheme: 'light' | 'dark';
  /** That it stands on. */
  ground: unknown;
  /** In place of ours, where this one is empty. */
  usual?: { accent?: string };
}

/** Typed or picked; empty is ours. */
function colour(
  { spec, draft, locked, wrong }: Edit,
  value: unknown,
  set: (value: string | null) => void,
  { key, name, scheme, ground, usual }: ColourOptions,
) {
  const own = { ...OWN_COLOURS[scheme], ...usual };
  const shown = isColour(value) ? value : own[name];
  const id = key === spec.field ? idOf(spec) : `f-${key.replaceAll('.', '-')}`;
  return html`<span class="row colour">
    <input
      type="color"
      aria-label="Pick: ${key === spec.field ? spec.label : name}"
      ?disabled=${locked}
      .value=${shown}
      @input=${(event: Event) => {
        draft.raw.delete(key);
        set(valueIn(event));
      }}
    />
    <input
      class="field short"
      id=${id}
      maxlength="7"
      spellcheck="false"
      placeholder=${own[name]}
      aria-describedby=${aboutOf(spec)}
      aria-invalid=${String(wrong)}
      ?disabled=${locked}
      .value=${typed(draft, key, typeof value === 'string' ? value : '')}
      @input=${(event: Event) => {
        draft.raw.set(key, valueIn(event));
        set(valueIn(event) || null);
      }}
    />
    ${contrastMark(name, shown, isColour(ground) ? ground : own.surface)}
  </span>`;
}

const DARK_LABELS: Record<ColourName, string> = {
  accent: 'Accent',
  surface: 'Ground',
  text: 'Text',
  muted: 'Quiet text',
  border: 'Lines',
};

function dark(edit: Edit) {
  const { spec, draft } = edit;
  const value = (draft.valueOf(spec.field) ?? {}) as Partial<Record<ColourName, string>>;
  const accent = draft.valueOf('theme.accent');
  const usual = isColour(accent) ? { accent } : {};
  const put = (name: ColourName, colour: string | null) => {
    const { [name]: _, ...rest } = value;
    const next = colour === null ? rest : { ...rest, [name]: colour };
    draft.set(spec.field, Object.keys(next).length > 0 ? next : null);
  };
  return html`<div class="inner" role="group" aria-label=${spec.label}>
    ${(Object.keys(DARK_LABELS) as ColourName[]).map((name) => {
      const key = `${spec.field} ${name}`;
      return html`<div>
        <label for="f-${key.replaceAll('.', '-')}">${DARK_LABELS[name]}</label>
        ${colour(edit, value[name], (next) => put(name, next), { key, name, scheme: 'dark', ground: value.surface, usual })}
      </div>`;
    })}
  </div>`;
}

function cache({ spec, draft, locked, wrong }: Edit) {
  const value = draft.valueOf(spec.field) as false | { minutes: number } | null;
  return html`<input
    class="field short"
    id=${idOf(spec)}
    type="number"
    min="0"
    max="1440"
    aria-describedby=${aboutOf(spec)}
    aria-invalid=${String(wrong)}
    ?disabled=${locked}
    .value=${typed(draft, spec.field, value ? String(value.minutes) : '0')}
    @input=${(event: Event) => {
      draft.raw.set(spec.field, valueIn(event));
      const minutes = Number(valueIn(event));
      draft.set(spec.field, minutes === 0 ? false : { minutes });
    }}
  />`;
}

/** For whatever the desk has no form for yet. */
function json({ spec, draft, locked, wrong }: Edit) {
  const { field } = spec;
  return html`<textarea
    class="field long code"
    id=${idOf(spec)}
    rows="5"
    spellcheck="false"
    aria-describedby=${aboutOf(spec)}
    aria-invalid=${String(wrong)}
    ?disabled=${locked}
    .value=${typed(draft, field, JSON.stringify(draft.valueOf(field), null, 2))}
    @input=${(event: Event) => {
      draft.raw.set(field, valueIn(event));
      draft.set(field, parsed(valueIn(event)));
    }}
  ></textarea>`;
}

/** What is no JSON goes as the text that it is: the proxy says what is wrong with it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
