import { html, nothing, type TemplateResult } from 'lit';
import type { Letter } from '../controllers/types.ts';
import type { ContactWords } from '../i18n/types.ts';
import type { Strings } from '../i18n/index.ts';
import { alertIcon } from './icons.ts';
import { linkTo, newTabNote } from './link.ts';

/** What the proxy takes at the most, in UTF-16 code units. */
const MAX_NAME = 80;
const MAX_EMAIL = 200;
export const MAX_MESSAGE = 4_000;

/** Why it was not taken, by the field that it is about; `all`: no field's fault. */
export type Refusals = { [Field in keyof Letter | 'all']?: string | undefined };

export interface ContactFormOptions {
  /** Beginning of the fields' ids. */
  id: string;
  words: ContactWords;
  strings: Strings;
  /** The shop's page on what it does with what it is told. */
  privacy: string | undefined;
  /** There is a conversation that could go along. */
  talk: boolean;
  sending: boolean;
  refusals: Refusals;
  onEdit: (change: Partial<Letter>) => void;
  onSend: (form: HTMLFormElement) => void;
  onCancel: () => void;
}

function policyLink(url: string, strings: Strings): TemplateResult | typeof nothing {
  const policy = linkTo(url);
  if (!policy) return nothing;
  return html`<a href=${policy.href} target="_blank" rel="noopener"
    >${strings.privacy}${newTabNote({ ...policy, external: true }, strings)}</a
  >`;
}

export function contactForm(letter: Letter, options: ContactFormOptions): TemplateResult {
  const { id, words, strings, privacy, talk, sending, refusals, onEdit, onSend, onCancel } = options;
  const valueOf = ({ target }: Event): string => (target as HTMLInputElement).value;
  const refusal = (field: keyof Letter): TemplateResult => html`<p
    class="refusal"
    id="${id}-${field}-refusal"
    ?hidden=${refusals[field] === undefined}
  >
    ${refusals[field]}
  </p>`;
  // Our own words at our own time: `novalidate` keeps the browser's bubbles away.
  return html`<form
    class="letter"
    part="contact-form"
    novalidate
    aria-label=${words.write}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      onSend(event.target as HTMLFormElement);
    }}
  >
    <label for="${id}-name">${words.name} <span>${words.optional}</span></label>
    <input
      id="${id}-name"
      autocomplete="name"
      maxlength=${MAX_NAME}
      dir=${letter.name ? 'auto' : nothing}
      ?readonly=${sending}
      .value=${letter.name}
      @input=${(event: Event) => onEdit({ name: valueOf(event) })}
    />
    <label for="${id}-email">${words.email}</label>
    <input
      id="${id}-email"
      type="email"
      required
      autocomplete="email"
      maxlength=${MAX_EMAIL}
      dir="ltr"
      ?readonly=${sending}
      aria-invalid=${refusals.email !== undefined}
      aria-describedby="${id}-email-refusal"
      .value=${letter.email}
      @input=${(event: Event) => onEdit({ email: valueOf(event) })}
    />
    ${refusal('email')}
    <label for="${id}-message">${words.message}</label>
    <textarea
      id="${id}-message"
      required
      rows="3"
      maxlength=${MAX_MESSAGE}
      dir=${letter.message ? 'auto' : nothing}
      ?readonly=${sending}
      aria-invalid=${refusals.message !== undefined}
      aria-describedby="${id}-message-refusal"
      .value=${letter.message}
      @input=${(event: Event) => onEdit({ message: valueOf(event) })}
    ></textarea>
    ${refusal('message')}
    ${
      talk
        ? html`<label class="tick">
            <input
              type="checkbox"
              aria-invalid=${refusals.talk !== undefined}
              aria-describedby="${id}-talk-refusal"
              .checked=${letter.talk}
              @change=${({ target }: Event) => onEdit({ talk: (target as HTMLInputElement).checked })}
            />
            ${words.talk}
          </label>
          ${refusal('talk')}`
        : nothing
    }
    <p class="fate">${words.consent} ${words.fate} ${privacy === undefined ? nothing : policyLink(privacy, strings)}</p>
    ${refusals.all === undefined ? nothing : html`<div class="failure" part="error">${alertIcon}<p>${refusals.all}</p></div>`}
    <div class="act-buttons">
      <button class="primary" aria-disabled=${sending}>${sending ? words.sending : words.send}</button>
      ${
        // What is on its way can't be called back.
        sending ? nothing : html`<button class="decline" type="button" @click=${onCancel}>${words.cancel}</button>`
      }
    </div>
  </form>`;
}
