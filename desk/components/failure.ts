import { css, html, LitElement } from 'lit';
import { wordsOf } from '../api.ts';
import { base } from '../styles/base.ts';

/** What went wrong, and one button. @fires again */
export class DeskFailure extends LitElement {
  static override properties = { error: { attribute: false } };
  static override styles = [
    base,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 16px;
        padding: 14px 16px;
        border: 1px solid var(--_alert);
        border-radius: 12px;
        background: var(--_surface);
      }
      p {
        flex: 1 1 240px;
        margin: 0;
        max-width: 60ch;
      }
    `,
  ];
  declare error: unknown;

  override render() {
    return html`<div>
      <p>${wordsOf(this.error)}</p>
      <button class="button" @click=${() => this.dispatchEvent(new Event('again'))}>Try again</button>
    </div>`;
  }
}
customElements.define('desk-failure', DeskFailure);
