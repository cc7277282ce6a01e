import { css } from '../styles/css.ts';

/** The quiet box: what the proxy says by itself. */
export const noticeStyles = css`
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    padding: 10px 14px;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_raised);
    font-size: 14px;
  }
  .notice > p {
    flex-basis: 100%;
    margin: 0;
  }
  .notice a {
    color: inherit;
    text-underline-offset: 2px;
    padding-block: 4px;
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .notice a {
      padding-block: 12px;
    }
  }
`;
