import { css, html, LitElement } from 'lit';
import { base } from '../styles/base.ts';

/** Nothing here, why, and what to do next: words in the slot, a link or button among them. @slot */
export class DeskEmpty extends LitElement {
  static override properties = { heading: {} };
  static override styles = [
    base,
    css`
      div {
        padding: 40px 20px;
        text-align: center;
        border: 1px dashed var(--_border);
        border-radius: 12px;
      }
      h2 {
        margin: 0 0 4px;
      }
      slot {
        display: block;
        max-width: 52ch;
        margin-inline: auto;
        color: var(--_muted);
      }
    `,
  ];
  declare heading: string;

  override render() {
    return html`<div>
      <h2>${this.heading}</h2>
      <slot></slot>
    </div>`;
  }
}
customElements.define('desk-empty', DeskEmpty);
