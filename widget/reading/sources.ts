import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Citation } from '../../proxy/protocol/index.ts';
import { linkTo, newTabNote } from '../components/link.ts';
import { definePiece, Piece } from '../components/piece.ts';
import type { Strings } from '../i18n/index.ts';
import { citationsOf } from '../state/citations.ts';
import type { Message } from '../state/state.ts';
import { css } from '../styles/css.ts';
import { dress, sheetOf } from '../styles/sheet.ts';
import { wordsFor } from './words.ts';

const sheet = sheetOf(css`
  .sources {
    font-size: 13px;
  }
  .sources summary {
    width: fit-content;
    min-height: 24px;
    color: var(--_muted);
    cursor: pointer;
  }
  .sources ol {
    margin: 4px 0 0;
    padding-inline-start: 24px;
  }
  .sources li {
    margin-block-end: 6px;
    overflow-wrap: anywhere;
  }
  .sources a {
    color: inherit;
    text-underline-offset: 2px;
  }
  .sources blockquote {
    margin: 2px 0 0;
    padding-inline-start: 8px;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }
`);

/** What an answer rests on, folded until somebody asks. */
export class Sources extends Piece {
  static override properties: PropertyDeclarations = {
    message: { attribute: false },
    strings: { attribute: false },
  };

  declare message: Message;
  declare strings: Strings;

  override connectedCallback(): void {
    super.connectedCallback();
    dress(this, sheet);
  }

  /** Opens the list at one of its entries, for readers of every kind. */
  reveal(number: number): void {
    this.querySelector('details')!.open = true;
    const entry = this.querySelector<HTMLElement>(`li[value='${number}']`);
    entry?.focus({ preventScroll: true });
    entry?.scrollIntoView({ block: 'nearest' });
  }

  #entry({ number, title, section, quote, url }: Citation): TemplateResult {
    const link = url === undefined ? null : linkTo(url);
    return html`<li value=${number} tabindex="-1">
      ${
        link
          ? html`<a
            href=${link.href}
            target=${link.external ? '_blank' : nothing}
            rel=${link.external ? 'noopener noreferrer' : nothing}
            ><bdi>${title}</bdi>${link.external ? html` ${newTabNote(link, this.strings)}` : nothing}</a
          >`
          : html`<bdi>${title}</bdi>`
      }${section ? html` · <bdi>${section}</bdi>` : nothing}
      ${quote ? html`<blockquote dir="auto">${quote}</blockquote>` : nothing}
    </li>`;
  }

  protected override render(): TemplateResult {
    const citations = citationsOf(this.message);
    return html`<details class="sources" part="sources">
      <summary>${wordsFor(this).sources(citations.length)}</summary>
      <ol>
        ${citations.map((citation) => this.#entry(citation))}
      </ol>
    </details>`;
  }
}

definePiece('shopclerk-sources', Sources);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-sources': Sources;
  }
}
