import { css } from '../styles/css.ts';

export const headerStyles = css`
  .header {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-block: 12px;
    padding-inline: 16px 10px;
    border-block-end: 1px solid var(--_border);
  }
  .initial {
    width: 38px;
    height: 38px;
    margin-inline-end: 8px;
    font-weight: 650;
    font-size: 16px;
    color: var(--_on-accent);
    background: var(--_accent);
    overflow: clip;
  }
  .initial > * {
    grid-area: 1 / 1;
  }
  .initial img {
    width: 100%;
    height: 100%;
    object-fit: contain;
    background: #fff;
  }
  .who {
    flex: 1;
    min-width: 0;
  }
  .who > * {
    margin: 0;
    line-height: 20px;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .who h2 {
    font-size: inherit;
    font-weight: 650;
  }
  .who p {
    font-size: 13px;
    color: var(--_muted);
  }
  .round {
    width: 40px;
    height: 40px;
    color: var(--_muted);
  }
  .round:hover {
    color: var(--_text);
    background: var(--_raised);
  }
  .demo-note {
    margin: 0;
    padding: 4px 16px;
    font-size: 12px;
    text-align: center;
    color: light-dark(#6b4e00, #f3d58a);
    background: light-dark(#fdf3d7, #3a3119);
  }
`;
