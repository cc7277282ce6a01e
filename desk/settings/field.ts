import { html, nothing } from 'lit';
import { same, type Draft } from './draft.ts';
import { aboutOf, idOf } from './editing.ts';
import { editor } from './editors.ts';
import type { FieldSpec } from './fields.ts';

/** Kinds that say what they are called themselves. */
const OWN_LABEL: ReadonlySet<FieldSpec['kind']> = new Set(['yes', 'checks', 'tools']);
/** Kinds of many inputs: nothing that a label could be for. */
const MANY: ReadonlySet<FieldSpec['kind']> = new Set(['languages', 'knowledge', 'greetings', 'hours', 'dark']);

/** A field: what it is called, how it is written, what is wrong with it, and how it differs from the file. */
export function editingField(spec: FieldSpec, draft: Draft) {
  const { field, label, kind, hint } = spec;
  const state = draft.fieldOf(field)!;
  const problems = draft.problemsOf(field);
  const locked = !state.editable;
  const isChanged = draft.changed.includes(field);
  return html`<div class="set" ?data-changed=${isChanged} data-kind=${kind} data-field=${field}>
    ${
      OWN_LABEL.has(kind)
        ? nothing
        : MANY.has(kind)
          ? html`<span class="label">${label}</span>`
          : html`<label for=${idOf(spec)}>${label}</label>`
    }
    ${editor({ spec, draft, locked, wrong: problems.length > 0 })}
    <div id=${aboutOf(spec)}>
      ${hint ? html`<span class="hint">${hint}</span>` : nothing}
      ${locked ? html`<span class="hint">Your operator changes this.</span>` : nothing}
      ${
        problems.length > 0
          ? html`<ul class="problems alert small" role="alert">
            ${problems.map((problem) => html`<li>${problem.field === field ? '' : `${problem.field.slice(field.length + 1)} `}${problem.message}</li>`)}
          </ul>`
          : nothing
      }
    </div>
    ${draft.isOurs(field) && !locked ? differs(spec, draft) : nothing}
  </div>`;
}

function differs({ field, label }: FieldSpec, draft: Draft) {
  const { file, file_changed: fileChanged } = draft.fieldOf(field)!;
  return html`<p class="state">
    ${
      fileChanged
        ? html`<strong>The file says something else by now, and this covers it:</strong> <bdi>${written(file)}</bdi>`
        : same(file, draft.valueOf(field))
          ? nothing
          : 'Differs from the file.'
    }
    <button class="button quiet small" type="button" aria-label="As the file has it: ${label}" @click=${() => draft.reset(field)}>
      As the file has it
    </button>
  </p>`;
}

const SHOWN = 120;

function written(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
