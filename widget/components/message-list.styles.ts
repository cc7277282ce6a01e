import { css } from '../styles/css.ts';

export const messageListStyles = css`
  shopclerk-messages {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .messages {
    flex: 1;
    min-width: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--_border) transparent;
  }
  .messages:focus-visible {
    outline-offset: -2px;
  }
  .column {
    display: flex;
    flex-direction: column;
    gap: 20px;
    padding: 20px 16px 12px;
  }
  .jump {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-start: calc(50% - 20px);
    width: 40px;
    height: 40px;
    border: 1px solid var(--_border);
    background: var(--_surface);
    box-shadow: 0 4px 14px #0002;
    animation: rise 160ms ease-out;
  }
`;
