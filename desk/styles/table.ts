import { css } from 'lit';

/** Lists of things: a `<div class="table" tabindex="0" role="region" aria-label="…">` that scrolls, with a table in it. */
export const tableStyles = css`
  .table {
    max-height: min(72dvh, 900px);
    overflow: auto;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
    scroll-padding-block-start: 44px;
  }
  .table.free {
    max-height: none;
  }
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 14px;
  }
  caption {
    text-align: start;
  }
  th,
  td {
    padding: 9px 12px;
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid var(--_border);
  }
  th {
    font-weight: 550;
  }
  thead th {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--_raised);
    color: var(--_muted);
    font-size: 13px;
    white-space: nowrap;
    vertical-align: bottom;
  }
  tbody tr:last-child > :is(th, td) {
    border-block-end: 0;
  }
  tfoot :is(th, td) {
    border-block: 1px solid var(--_border) 0;
    background: var(--_raised);
    font-weight: 600;
  }
  tbody tr:hover > :is(th, td) {
    background: color-mix(in srgb, var(--_raised) 55%, transparent);
  }
  th.number,
  td.number {
    text-align: end;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  :is(th, td) time,
  th.day {
    white-space: nowrap;
  }
  .long {
    min-width: 220px;
    overflow-wrap: anywhere;
  }

  /* A table whose rows are read one by one: on a phone each is a small sheet. */
  @media (max-width: 599px) {
    .stacks tr {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      align-items: center;
      padding: 10px 12px;
      border-block-end: 1px solid var(--_border);
    }
    .stacks tbody > tr > :is(th, td) {
      padding: 0;
      border: 0;
      background: none;
    }
    .stacks tr:last-child {
      border-block-end: 0;
    }
    .stacks tbody > tr > td:is(:empty, :has(> .tags:empty)) {
      display: none;
    }
    .stacks .long,
    .stacks .wide {
      flex: 1 0 100%;
      max-width: 100%;
    }
    .stacks td {
      max-width: 100%;
    }
    .stacks .number {
      text-align: start;
    }
    .stacks thead {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .stacks [data-label]::before {
      content: attr(data-label) ' ';
      color: var(--_muted);
      font-size: 13px;
    }
  }
`;
