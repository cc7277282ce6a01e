import { css, html } from 'lit';
import type { DeskPassage, DeskPassages } from '../../proxy/protocol/admin/index.ts';
import { DeskTrial } from '../components/trial.ts';
import { counted } from '../format.ts';

/** @summary What a question finds in the documents: just what the assistant would be given. No model is asked. */
export class DeskAskDocuments extends DeskTrial<readonly DeskPassage[]> {
  static override styles = [
    ...DeskTrial.styles,
    css`
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
  protected override readonly words = {
    heading: 'Try a question',
    label: 'Question',
    placeholder: 'How long do I have to return something?',
    action: 'Find passages',
    busy: 'Looking…',
    most: 500,
  };

  protected override async find(query: { shop: string; q: string }) {
    return (await this.api.ask<DeskPassages>('/documents/search', { query })).passages;
  }

  protected override told(found: readonly DeskPassage[]): string {
    return `${counted(found.length, 'passage')} found.`;
  }

  protected override hint() {
    return html`<p class="hint">
      Shows what the assistant would read before it answers. No answer is written. With the index of words alone it costs nothing;
      with vectors, or a vector store at a provider, as much as a shopper's question does there: a small part of a cent.
    </p>`;
  }

  protected override results(found: readonly DeskPassage[]) {
    if (found.length === 0) {
      return html`<p>
        No passage fits this question: the assistant would say that it doesn't know. Add a few lines on it to a document.
      </p>`;
    }
    return html`<ol>
      ${found.map(
        ({ title, section, text }) => html`<li>
          <strong><bdi>${title}</bdi></strong>${section ? html` · <bdi>${section}</bdi>` : ''}
          <blockquote dir="auto">${text}</blockquote>
        </li>`,
      )}
    </ol>`;
  }
}
customElements.define('desk-ask-documents', DeskAskDocuments);

declare global {
  interface HTMLElementTagNameMap {
    'desk-ask-documents': DeskAskDocuments;
  }
}
