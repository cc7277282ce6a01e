import { css } from '../styles/css.ts';

/** The one button of its place that matters. */
export const primaryStyles = css`
  .primary {
    min-height: 44px;
    padding: 8px 16px;
    border-radius: 22px;
    font-weight: 600;
    color: var(--_on-accent);
    background: var(--_accent);
  }
`;
