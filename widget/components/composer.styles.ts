import { css } from '../styles/css.ts';

export const composerStyles = css`
  .composer {
    padding: 8px 16px 16px;
  }
  .field {
    display: flex;
    align-items: end;
    gap: 4px;
    padding: 5px;
    border-radius: 25px;
    border: 1px solid light-dark(#8d867d, #857e75);
    background: var(--_surface);
  }
  .field:focus-within {
    border-color: var(--_text);
    box-shadow: 0 0 0 3px var(--_tint);
    /* Shows in forced colours alone. */
    outline: 2px solid #0000;
  }
  .field textarea {
    flex: 1;
    min-width: 0;
    max-height: calc(5 * 24px + 14px);
    margin: 0;
    padding: 7px 12px;
    border: 0;
    outline: 0;
    resize: none;
    /* Under 16 px, iOS zooms the page into the field. */
    font: inherit;
    font-size: 16px;
    line-height: 24px;
    color: inherit;
    background: none;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  /* What doesn't fit is left out by the word: of its second line, which no browser ends with an ellipsis, nothing may show. */
  textarea:placeholder-shown {
    mask: linear-gradient(to top, #0000 8px, #000 0);
  }
  .send {
    width: 38px;
    height: 38px;
    color: var(--_on-accent);
    background: var(--_accent);
    transition: scale 120ms;
  }
  .send[part='stop'] svg {
    fill: currentColor;
  }
  .send:active {
    scale: 0.94;
  }
  .send[aria-disabled='true'] {
    color: var(--_muted);
    background: var(--_raised);
    cursor: default;
  }
  .count {
    margin: 4px 14px 0;
    font-size: 13px;
    text-align: end;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .count.over {
    color: var(--_alert);
  }
`;
