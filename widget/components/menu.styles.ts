import { css } from '../styles/css.ts';

export const menuStyles = css`
  shopclerk-menu {
    display: block;
    position: relative;
  }
  .menu {
    position: absolute;
    z-index: 1;
    inset-block-start: 100%;
    inset-inline-end: 0;
    width: max-content;
    max-width: 240px;
    padding: 4px;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: 0 4px 16px #0003;
    font-size: 14px;
  }
  .menu p {
    margin: 0;
    padding: 8px 12px 4px;
  }
  .menu button {
    display: block;
    width: 100%;
    min-height: 40px;
    padding: 4px 12px;
    border-radius: 8px;
    text-align: start;
  }
  .menu button:is(:hover, :focus-visible) {
    background: var(--_raised);
  }
  .menu .final {
    color: var(--_alert);
    font-weight: 600;
  }
`;
