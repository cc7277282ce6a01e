import { css, html, LitElement } from 'lit';

/** Grey lines where something will stand. Nobody hears of them: the frame says that it loads. */
export class DeskSkeleton extends LitElement {
  static override properties = { lines: { type: Number } };
  static override styles = css`
    :host {
      display: block;
      padding: 16px;
      border: 1px solid var(--_border);
      border-radius: 12px;
      background: var(--_surface);
    }
    i {
      display: block;
      height: 14px;
      margin-block: 12px;
      border-radius: 6px;
      background: var(--_raised);
    }
    i:nth-child(3n + 2) {
      width: 82%;
    }
    i:nth-child(3n) {
      width: 64%;
    }
    @media (prefers-reduced-motion: no-preference) {
      i {
        animation: breathe 1.6s ease-in-out infinite alternate;
      }
    }
    @keyframes breathe {
      to {
        opacity: 0.45;
      }
    }
  `;
  declare lines: number;

  constructor() {
    super();
    this.lines = 6;
  }

  override render() {
    return html`<div aria-hidden="true">${Array.from({ length: this.lines }, () => html`<i></i>`)}</div>`;
  }
}
customElements.define('desk-skeleton', DeskSkeleton);
