import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { definePiece, Piece } from './piece.ts';

// A screen reader has taken in what is older; the region shall not grow with the conversation.
const KEEP = 8;

/** A live region of its own, so that a growing answer is heard by the paragraph and not by the token. */
export class Announcer extends Piece {
  #lines: { id: number; text: string }[] = [];
  #count = 0;

  say(text: string): void {
    this.#lines = [...this.#lines, { id: this.#count++, text }].slice(-KEEP);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<div class="unseen" aria-live="polite" aria-relevant="additions">
      ${repeat(
        this.#lines,
        ({ id }) => id,
        ({ text }) => html`<p dir="auto">${text}</p>`,
      )}
    </div>`;
  }
}

definePiece('shopclerk-announcer', Announcer);

declare global {
  interface HTMLElementTagNameMap {
    'shopclerk-announcer': Announcer;
  }
}
