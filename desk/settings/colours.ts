import { html } from 'lit';
import { contrastMark, isColour, OWN_COLOURS, type ColourName } from './contrast.ts';
import { aboutOf, idOf, typed, valueIn, type Edit } from './editing.ts';

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
export function colour(
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

export function dark(edit: Edit) {
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
