import { css, html, LitElement, nothing } from 'lit';
import type { DeskPassage, DeskPassages } from '../../proxy/protocol/admin/index.ts';
import { wordsOf, type Api } from '../api.ts';
import { formValues } from '../form.ts';
import { counted } from '../format.ts';
import { base } from '../styles/base.ts';

/** @summary What a question finds in the documents: just what the assistant would be given. No model is asked. */
export class DeskAskDocuments extends LitElement {
  static override properties = {
    api: { attribute: false },
    shop: {},
    say: { attribute: false },
    found: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 8px;
      }
      h2 {
        margin: 0 0 8px;
      }
      label {
        flex: 1 1 260px;
      }
      label > .field {
        margin-block-start: 4px;
        font-weight: 400;
      }
      ol {
        display: grid;
        gap: 12px;
        margin: 16px 0 0;
        padding-inline-start: 22px;
      }
      blockquote {
        margin: 4px 0 0;
        max-width: 75ch;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare api: Api;
  declare shop: string;
  declare say: (words: string) => void;
  declare found: readonly DeskPassage[] | null;
  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.found = null;
    this.problem = '';
    this.busy = false;
  }

  override render() {
    const { found } = this;
    return html`<section class="sheet" aria-labelledby="heading">
      <h2 id="heading">Try a question</h2>
      <form @submit=${this.#ask}>
        <label>
          Question
          <input class="field" name="q" required maxlength="500" dir="auto" placeholder="How long do I have to return something?" />
        </label>
        <button class="button main" aria-disabled=${String(this.busy)}>${this.busy ? 'Looking…' : 'Find passages'}</button>
      </form>
      <p class="hint">Shows what the assistant would read before it answers. No answer is written. With the index of words alone it costs nothing; with vectors, or a vector store at a provider, as much as a shopper's question does there: a small part of a cent.</p>
      ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing}
      ${
        found === null
          ? nothing
          : found.length === 0
            ? html`<p>No passage fits this question: the assistant would say that it doesn't know. Add a few lines on it to a document.</p>`
            : html`<ol>
              ${found.map(
                ({ title, section, text }) => html`<li>
                  <strong><bdi>${title}</bdi></strong>${section ? html` · <bdi>${section}</bdi>` : nothing}
                  <blockquote dir="auto">${text}</blockquote>
                </li>`,
              )}
            </ol>`
      }
    </section>`;
  }

  readonly #ask = async (event: SubmitEvent): Promise<void> => {
    const { q = '' } = formValues(event);
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    try {
      const query = { shop: this.shop, q };
      this.found = (await this.api.ask<DeskPassages>('/documents/search', { query })).passages;
      this.say(`${counted(this.found.length, 'passage')} found.`);
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.busy = false;
    }
  };
}
customElements.define('desk-ask-documents', DeskAskDocuments);
