import { html, nothing, type TemplateResult } from 'lit';
import { SendIntent } from './intents.ts';

const MAX_CHIPS = 4;

/** Up to four things that one could ask, each sent by a press. */
export function chips(texts: readonly string[], label?: string): TemplateResult | typeof nothing {
  if (texts.length === 0) return nothing;
  return html`<ul class="chips" part="chips" role="list" aria-label=${label ?? nothing}>
    ${texts.slice(0, MAX_CHIPS).map(
      (text) =>
        html`<li>
          <button
            class="chip"
            part="chip"
            @click=${({ target }: Event) => target!.dispatchEvent(new SendIntent(text))}
          >
            <bdi>${text}</bdi>
          </button>
        </li>`,
    )}
  </ul>`;
}
