import { html, nothing } from 'lit';
import { counted } from '../format.ts';
import type { Draft } from './draft.ts';
import { labelOf, partOf, SPECS } from './find-field.ts';

/** What the owner should know before going on. @param part the one that is shown: what is wrong there stands at its field */
export function notices(draft: Draft, part: string) {
  const { state, warnings, problems, trouble } = draft;
  const elsewhere = problems.filter(({ field }) => !SPECS.has(field) && partOf(field).name !== part);
  const isOutdated = state.draft && state.draft.based_on !== (state.published?.version ?? 0);
  return html`${
    trouble
      ? html`<p class="alert" role="alert">
          ${trouble} <button class="button" @click=${() => void draft.flush()}>Try again</button>
        </p>`
      : nothing
  }
    ${
      isOutdated
        ? html`<p class="sheet">
          Somebody published version ${state.published?.version} after this draft was begun. Publishing it puts yours over theirs;
          look at what would change first.
        </p>`
        : nothing
    }
    ${
      state.problems.length > 0
        ? html`<div class="sheet">
          <p>This was published, but doesn't go with ${state.file} any more, so the file's is served:</p>
          <ul class="problems">
            ${state.problems.map(({ field, message }) => html`<li><strong>${labelOf(field)}</strong> ${message}</li>`)}
          </ul>
        </div>`
        : nothing
    }
    ${
      elsewhere.length > 0
        ? html`<ul class="problems alert">
          ${elsewhere.map(({ field, message }) => html`<li>${labelOf(field)} ${message}</li>`)}
        </ul>`
        : nothing
    }
    ${
      warnings.length > 0
        ? html`<details class="sheet">
          <summary>${counted(warnings.length, 'thing')} worth a look</summary>
          <ul class="problems">
            ${warnings.map((warning) => html`<li>${warning}</li>`)}
          </ul>
        </details>`
        : nothing
    }`;
}
