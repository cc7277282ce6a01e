import { css } from '../styles/css.ts';

/** The quiet boxes: what the proxy says by itself, and what the shopper is asked to agree to. */
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
  :is(.notice, .consent) a {
    color: inherit;
    text-underline-offset: 2px;
  }
  .notice a {
    padding-block: 4px;
    font-weight: 600;
  }
  .consent {
    display: flex;
    flex-direction: column-reverse;
    gap: 12px;
    padding: 12px 16px;
    border-block-start: 1px solid var(--_border);
    font-size: 13px;
  }
  .consent p {
    margin: 0;
  }
  .primary {
    min-height: 44px;
    padding: 8px 16px;
    border-radius: 22px;
    font-weight: 600;
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .panel [inert] {
    opacity: 0.5;
  }
  .aside {
    padding: 8px 12px 0;
  }
`;
