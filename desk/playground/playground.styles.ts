import { css } from 'lit';

export const playgroundStyles = css`
  .sides {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr));
    gap: 16px;
    align-items: start;
  }
  h2 {
    margin: 0;
  }
  form {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    align-items: end;
    gap: 8px;
    padding-block: 12px;
    background: var(--_ground);
  }
  form label {
    flex: 1;
  }
  textarea.field {
    font-weight: 400;
    vertical-align: bottom;
    min-height: 44px;
    height: 44px;
    padding-block: 9px;
    field-sizing: content;
    max-height: 160px;
    resize: none;
  }
  form .button {
    min-height: 44px;
  }
  .question {
    margin: 16px 0 8px auto;
    width: fit-content;
    max-width: 85%;
    padding: 8px 12px;
    border-radius: 12px;
    background: var(--_tint);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    margin: 8px 0 0;
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_border);
    font-size: 13px;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .figures b {
    font-weight: 600;
    color: var(--_text);
  }
  .cards {
    display: grid;
    gap: 6px;
    margin: 8px 0;
    padding: 0;
    list-style: none;
  }
  .cards li {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px;
    border: 1px solid var(--_border);
    border-radius: 10px;
  }
  .cards img {
    width: 44px;
    height: 44px;
    object-fit: contain;
    border-radius: 6px;
    background: #fff;
  }
  shopclerk-prose {
    display: block;
    overflow-wrap: anywhere;
  }
`;
