import { css } from '../styles/css.ts';

export const startStyles = css`
  .start {
    flex: 1;
    display: flex;
    flex-direction: column;
    justify-content: end;
    padding: 24px 16px 12px;
    overflow-y: auto;
  }
  .greeting {
    margin: auto 0 0;
    font-size: 20px;
    line-height: 28px;
    font-weight: 600;
    text-wrap: balance;
    unicode-bidi: plaintext;
  }
  .disclosure {
    margin: 8px 0 20px;
    font-size: 13px;
    color: var(--_muted);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .chip {
    min-height: 40px;
    padding: 8px 16px;
    border-radius: 20px;
    border: 1px solid var(--_border);
    font-size: 14px;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .chip:hover {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
  }
`;
