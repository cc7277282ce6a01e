/** As plain text, without Lit: it has to show also where the page keeps that from working. */
import { css } from '../styles/css.ts';

export const styles = css`
  :host {
    all: initial;
    position: fixed;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    z-index: 2147483647;
    max-inline-size: min(92vw, 460px);
    font: 12px/1.45 ui-monospace, monospace;
    color: #f4f4f5;
    color-scheme: dark;
  }
  details {
    padding: 6px 10px;
    border-radius: 6px;
    background: #18181b;
    overflow: auto;
    max-block-size: 80vh;
  }
  summary {
    cursor: pointer;
    font-weight: 700;
  }
  dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px 10px;
    margin: 8px 0;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .warn {
    color: #fcd34d;
  }
  .fail {
    color: #fca5a5;
  }
  button {
    font: inherit;
    min-block-size: 24px;
  }
`;
