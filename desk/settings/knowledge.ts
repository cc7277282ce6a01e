import { html, nothing } from 'lit';
import { count } from '../format.ts';
import { idOf, valueIn, type Edit } from './editing.ts';

type Entry = { title: string; text: string } | { title: string; file: string };

const MAX = 50;

/** Texts by title. Those that stand in files are shown, and stay. */
export function knowledgeEditor({ spec, draft, locked }: Edit) {
  const entries = (draft.valueOf(spec.field) ?? []) as Entry[];
  const put = (next: Entry[]) => draft.set(spec.field, next);
  const change = (index: number, news: Partial<Entry>) =>
    put(entries.map((entry, at) => (at === index ? { ...entry, ...news } : entry)));
  return html`<div class="inner" role="group" aria-label=${spec.label}>
    ${entries.map((entry, index) => {
      const id = `${idOf(spec)}-${index}`;
      return html`<div class="entry">
        <label for=${id}>Title</label>
        <input
          class="field"
          id=${id}
          dir="auto"
          maxlength="200"
          ?disabled=${locked}
          .value=${entry.title}
          @input=${(event: Event) => change(index, { title: valueIn(event) })}
        />
        ${
          'file' in entry
            ? html`<p class="hint">Its text is read from the file <code>${entry.file}</code>.</p>`
            : html`<label for="${id}-text">Text</label>
              <textarea
                class="field"
                id="${id}-text"
                dir="auto"
                rows="4"
                maxlength="20000"
                ?disabled=${locked}
                .value=${entry.text}
                @input=${(event: Event) => change(index, { text: valueIn(event) })}
              ></textarea>
              <span class="hint number">${count(entry.text.length)} characters</span>`
        }
        <button
          class="button quiet small"
          type="button"
          ?disabled=${locked}
          aria-label="Remove ${entry.title || 'this text'}"
          @click=${() => put(entries.filter((_, at) => at !== index))}
        >
          Remove
        </button>
      </div>`;
    })}
    ${
      entries.length < MAX
        ? html`<button
          class="button"
          type="button"
          id=${idOf(spec)}
          ?disabled=${locked}
          @click=${() => put([...entries, { title: '', text: '' }])}
        >
          Add a text
        </button>`
        : nothing
    }
  </div>`;
}
