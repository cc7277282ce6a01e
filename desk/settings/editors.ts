/** How a field is written: one small form for each kind. What is typed goes to the draft at once. */
import { html } from 'lit';
import { checks, choice, yes } from './choices.ts';
import { colour, dark } from './colours.ts';
import type { ColourName } from './contrast.ts';
import { aboutOf, idOf, typed, valueIn, type Edit, type Of } from './editing.ts';
import { greetingsEditor } from './greetings.ts';
import { hoursEditor } from './hours.ts';
import { area, line, lines, number } from './inputs.ts';
import { knowledgeEditor } from './knowledge.ts';
import { languagesEditor } from './languages.ts';

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
