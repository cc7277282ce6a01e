import { html, nothing } from 'lit';
import { aboutOf, idOf, linesOf, typed, valueIn, type Edit } from './editing.ts';

const DAYS = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const;

interface Hours {
  time_zone: string;
  days: Partial<Record<(typeof DAYS)[number][0], string[]>>;
  closed?: string[];
}

/** Times of each day, as on a shop's door. */
export function hoursEditor({ spec, draft, locked, wrong }: Edit) {
  const { field } = spec;
  const value = draft.valueOf(field) as Hours | null;
  const id = idOf(spec);
  if (value === null) {
    return html`<p class="hint">Nothing is said of when somebody is there.</p>
      <button
        class="button"
        type="button"
        id=${id}
        ?disabled=${locked}
        @click=${() => draft.set(field, { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, days: {} })}
      >
        Say when somebody is there
      </button>`;
  }
  const put = (next: Partial<Hours>) => draft.set(field, { ...value, ...next });
  const keep = (key: string, event: Event): string => {
    draft.raw.set(`${field} ${key}`, valueIn(event));
    return valueIn(event);
  };
  return html`<div class="inner hours" role="group" aria-label=${spec.label}>
    <label for=${id}>Time zone</label>
    <input
      class="field"
      id=${id}
      list="${id}-zones"
      aria-describedby=${aboutOf(spec)}
      aria-invalid=${String(wrong)}
      ?disabled=${locked}
      .value=${value.time_zone}
      @input=${(event: Event) => put({ time_zone: valueIn(event) })}
    />
    <datalist id="${id}-zones">${Intl.supportedValuesOf('timeZone').map((zone) => html`<option value=${zone}></option>`)}</datalist>
    ${DAYS.map(
      ([day, label]) => html`<label for="${id}-${day}">${label}</label>
        <input
          class="field"
          id="${id}-${day}"
          placeholder="closed"
          ?disabled=${locked}
          .value=${typed(draft, `${field} ${day}`, (value.days[day] ?? []).join(', '))}
          @input=${(event: Event) => {
            const spans = keep(day, event)
              .split(',')
              .map((span) => span.trim())
              .filter(Boolean);
            const { [day]: _, ...rest } = value.days;
            put({ days: spans.length > 0 ? { ...rest, [day]: spans } : rest });
          }}
        />`,
    )}
    <label for="${id}-closed">Closed on</label>
    <textarea
      class="field"
      id="${id}-closed"
      rows="2"
      placeholder="2026-12-25"
      ?disabled=${locked}
      .value=${typed(draft, `${field} closed`, (value.closed ?? []).join('\n'))}
      @input=${(event: Event) => put({ closed: linesOf(keep('closed', event)) })}
    ></textarea>
    ${
      locked
        ? nothing
        : html`<button class="button quiet small" type="button" @click=${() => draft.set(field, null)}>Say nothing of opening hours</button>`
    }
  </div>
  <span class="hint">From and to, such as 09:00-12:30, 14:00-18:00. Days as 2026-12-25, one a line.</span>`;
}
