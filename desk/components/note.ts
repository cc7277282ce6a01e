import { css, html, LitElement, nothing } from 'lit';
import type { AnswerNote, AnswerNoteRequest } from '../../proxy/protocol/admin/index.ts';
import { wordsOf, type Api } from '../api.ts';
import { formValues } from '../form.ts';
import { when } from '../format.ts';
import { base } from '../styles/base.ts';

export class NotedEvent extends Event {
  readonly note: AnswerNoteRequest;
  constructor(note: AnswerNoteRequest) {
    super('noted', { bubbles: true, composed: true });
    this.note = note;
  }
}

/** What the owner says of an answer. @fires noted once it is kept */
export class DeskNote extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    message: {},
    note: { attribute: false },
    open: { state: true },
    problem: { state: true },
  };
  static override styles = [
    base,
    css`
      form {
        display: grid;
        gap: 8px;
        max-width: 560px;
        margin-block-start: 8px;
      }
      blockquote {
        margin: 0;
        padding: 8px 12px;
        border-inline-start: 3px solid var(--_alert);
        background: var(--_raised);
        border-radius: 4px 8px 8px 4px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      p {
        margin: 4px 0 0;
      }
    `,
  ];
  declare api: Api;
  declare shop: string;
  declare message: string;
  declare note: AnswerNote | null;
  declare open: boolean;
  declare problem: string;

  constructor() {
    super();
    this.note = null;
    this.open = false;
    this.problem = '';
  }

  /** Something is written that the proxy doesn't have. */
  get unsaved(): boolean {
    const typed = this.renderRoot.querySelector('textarea')?.value.trim();
    return typed !== undefined && typed !== (this.note?.note ?? '');
  }

  override render() {
    const { note } = this;
    return html`${
      note && !this.open
        ? html`<blockquote>
          <strong>${note.wrong ? 'Marked as wrong' : 'Note'}</strong>${note.note ? html`<br /><span dir="auto">${note.note}</span>` : nothing}
          <p class="hint">${note.by}, ${when(note.at)}</p>
        </blockquote>`
        : nothing
    }
    ${
      this.open
        ? this.#form()
        : html`<button class="button quiet small" aria-expanded="false" @click=${this.#toggle}>
          ${note ? 'Change the note' : 'Mark as wrong'}
        </button>`
    }`;
  }

  #form() {
    const { note } = this;
    return html`<form @submit=${this.#save}>
      <label>
        What is wrong with it?
        <textarea class="field" name="note" maxlength="2000" dir="auto" .value=${note?.note ?? ''}></textarea>
        <span class="hint">For you and your team; shoppers don't see it. It is in the log of changes.</span>
      </label>
      <div class="row">
        <button class="button main">Mark as wrong</button>
        ${note ? html`<button class="button" type="button" @click=${() => this.#keep({ wrong: false, note: '' })}>Take it back</button>` : nothing}
        <button class="button quiet" type="button" @click=${this.#toggle}>Cancel</button>
      </div>
      <p class="alert small" role="alert">${this.problem}</p>
    </form>`;
  }

  readonly #toggle = async (): Promise<void> => {
    this.open = !this.open;
    this.problem = '';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(this.open ? 'textarea' : 'button')?.focus();
  };

  readonly #save = (event: SubmitEvent): void => {
    void this.#keep({ wrong: true, note: formValues(event)['note']?.trim() ?? '' });
  };

  async #keep(body: AnswerNoteRequest): Promise<void> {
    try {
      await this.api.ask(`/messages/${this.message}/note`, { method: 'PUT', query: { shop: this.shop }, body });
    } catch (error) {
      this.problem = wordsOf(error);
      return;
    }
    this.dispatchEvent(new NotedEvent(body));
    await this.#toggle();
  }
}
customElements.define('desk-note', DeskNote);

declare global {
  interface HTMLElementTagNameMap {
    'desk-note': DeskNote;
  }
}
