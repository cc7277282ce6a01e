import { html, nothing } from 'lit';
import { idOf, linesOf, typed, valueIn, type Edit } from './editing.ts';
import { languageName, languagesOf } from './languages.ts';

interface Greeting {
  after_s?: number;
  idle_cart_s?: number;
  pages?: string[];
  text: Record<string, string>;
}

const MAX = 5;
const SECONDS = [
  ['after_s', 'After so many seconds on a page'],
  ['idle_cart_s', 'After so many seconds with a full cart and nothing done'],
] as const;

/** What may be said by itself, and when. */
export function greetingsEditor({ spec, draft, locked }: Edit) {
  const { field } = spec;
  const all = (draft.valueOf(field) ?? []) as Greeting[];
  const put = (next: Greeting[]) => draft.set(field, next);
  const change = (index: number, next: Greeting) => put(all.map((one, at) => (at === index ? next : one)));
  const forget = (index: number) => {
    // What was typed has the place of its greeting in its name.
    for (const key of draft.raw.keys()) if (key.startsWith(`${field} `)) draft.raw.delete(key);
    put(all.filter((_, at) => at !== index));
  };
  return html`<div class="inner" role="group" aria-label=${spec.label}>
    ${all.map((greeting, index) => {
      const id = `${idOf(spec)}-${index}`;
      return html`<div class="entry" role="group" aria-label="Greeting ${index + 1}">
        ${SECONDS.map(
          ([name, label]) => html`<label for="${id}-${name}">${label}</label>
            <input
              class="field short"
              id="${id}-${name}"
              type="number"
              min="1"
              max="86400"
              ?disabled=${locked}
              .value=${String(greeting[name] ?? '')}
              @input=${(event: Event) => {
                const { [name]: _, ...rest } = greeting;
                const text = valueIn(event);
                change(index, text === '' ? rest : { ...rest, [name]: Number(text) });
              }}
            />`,
        )}
        <label for="${id}-pages">Only on these pages</label>
        <textarea
          class="field"
          id="${id}-pages"
          rows="2"
          placeholder="/shoes/**"
          ?disabled=${locked}
          .value=${typed(draft, `${field} ${index} pages`, (greeting.pages ?? []).join('\n'))}
          @input=${(event: Event) => {
            draft.raw.set(`${field} ${index} pages`, valueIn(event));
            const { pages: _, ...rest } = greeting;
            const pages = linesOf(valueIn(event));
            change(index, pages.length > 0 ? { ...rest, pages } : rest);
          }}
        ></textarea>
        <span class="hint">Paths, one a line; * stands for anything but /, ** for anything. Empty: on every page.</span>
        ${languagesOf(draft, greeting.text).map(
          (tag) => html`<label for="${id}-${tag}">What it says: ${languageName(tag)}</label>
            <input
              class="field"
              id="${id}-${tag}"
              lang=${tag}
              dir="auto"
              maxlength="200"
              ?disabled=${locked}
              .value=${greeting.text[tag] ?? ''}
              @input=${(event: Event) => {
                const { [tag]: _, ...rest } = greeting.text;
                const text = valueIn(event);
                change(index, { ...greeting, text: text === '' ? rest : { ...rest, [tag]: text } });
              }}
            />`,
        )}
        <button class="button quiet small" type="button" ?disabled=${locked} @click=${() => forget(index)}>
          Remove greeting ${index + 1}
        </button>
      </div>`;
    })}
    ${
      all.length < MAX
        ? html`<button
          class="button"
          type="button"
          id=${idOf(spec)}
          ?disabled=${locked}
          @click=${() => put([...all, { after_s: 45, text: {} }])}
        >
          Add a greeting
        </button>`
        : nothing
    }
  </div>`;
}
