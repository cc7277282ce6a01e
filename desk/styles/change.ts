import { css } from 'lit';

export const changeStyles = css`
  .change {
    font-size: 13px;
    font-weight: 550;
    color: var(--_muted);
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .change.good {
    color: var(--_accent-text);
  }
  .change.bad {
    color: var(--_alert);
  }
`;
