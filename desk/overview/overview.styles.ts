import { css } from 'lit';

export const overviewStyles = css`
  .grid {
    display: grid;
    /* Two side by side wherever there is room for them, and never three. */
    grid-template-columns: repeat(auto-fit, minmax(min(100%, max(340px, 50% - 8px)), 1fr));
    gap: 16px;
  }
  .figure h2 {
    margin: 0;
    font-size: 14px;
    font-weight: 550;
    color: var(--_muted);
  }
  .figure .row {
    align-items: baseline;
    margin-block-end: 8px;
  }
  .big {
    font-size: 28px;
    font-weight: 650;
    line-height: 1.25;
    font-variant-numeric: tabular-nums;
  }
  .aside {
    margin-inline-start: auto;
    font-size: 13px;
    color: var(--_muted);
  }
  h2 {
    margin: 0 0 10px;
  }
  .sheet table {
    font-size: 14px;
  }
  .sheet :is(td, th) {
    padding-inline: 0 12px;
    background: none;
  }
  .sheet :is(td, th):last-child {
    padding-inline-end: 0;
  }
  .sheet tbody tr:hover > :is(th, td) {
    background: none;
  }
  .list td {
    padding-block: 7px;
  }
  .list td.muted {
    white-space: nowrap;
  }
  .title {
    overflow-wrap: anywhere;
  }
  .title a {
    text-decoration-color: transparent;
  }
  .title a:hover {
    text-decoration-color: currentColor;
  }
  .list .hint {
    margin-block: 8px 0;
  }
  .cost + .cost {
    margin-block-start: 14px;
  }
  .cost p {
    margin: 0;
  }
  meter {
    display: block;
    width: 100%;
    height: 10px;
    margin-block: 4px;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(120px, max-content) 1fr;
    gap: 6px 16px;
    font-size: 14px;
  }
  dt {
    font-weight: 550;
  }
  dd {
    margin: 0;
    color: var(--_muted);
  }
`;
