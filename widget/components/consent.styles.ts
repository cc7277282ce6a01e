import { css } from '../styles/css.ts';

/** The quiet box: what the shopper is asked to agree to. */
export const consentStyles = css`
  .consent a {
    color: inherit;
    text-underline-offset: 2px;
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
  .panel [inert] {
    opacity: 0.5;
  }
  /* Agreeing stands in its place. */
  shopclerk-composer[inert] {
    display: none;
  }
`;
