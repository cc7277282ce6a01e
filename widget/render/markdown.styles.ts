import { css } from '../styles/css.ts';
import { sheetOf } from '../styles/sheet.ts';

/** Modest headings; what is wide scrolls inside itself. Comes with the parser: what is plain has none of it. */
export const markdownSheet = sheetOf(css`
  shopclerk-prose :is(h1, h2, h3, h4, h5, h6, [role='heading']) {
    font-size: inherit;
    font-weight: 650;
    margin-block: 12px 4px;
  }
  shopclerk-prose > :first-child {
    margin-block-start: 0;
  }
  shopclerk-prose > :last-child {
    margin-block-end: 0;
  }
  shopclerk-prose li :is(ul, ol, p) {
    margin-block: 2px;
  }
  shopclerk-prose > p:has(a) {
    direction: inherit;
  }
  shopclerk-prose a {
    color: inherit;
    text-decoration-color: var(--_muted);
    text-underline-offset: 3px;
  }
  shopclerk-prose :is(code, pre) {
    font: 13px/1.5 ui-monospace, monospace;
    background: var(--_raised);
    border-radius: 6px;
  }
  shopclerk-prose code {
    padding: 1px 4px;
  }
  shopclerk-prose pre {
    padding: 8px 12px;
    width: max-content;
    min-width: 100%;
    margin: 0;
    direction: ltr;
    white-space: pre;
  }
  shopclerk-prose blockquote > * {
    margin-block: 0;
  }
  shopclerk-prose blockquote {
    margin-inline: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--_border);
    color: var(--_muted);
  }
  shopclerk-prose hr {
    border: 0;
    border-block-start: 1px solid var(--_border);
  }
  shopclerk-wide {
    display: block;
    overflow-x: auto;
  }
  shopclerk-prose table {
    border-collapse: collapse;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
    overflow-wrap: normal;
  }
  shopclerk-prose th {
    font-weight: 650;
  }
  shopclerk-prose :is(th, td) {
    padding: 6px;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
  shopclerk-prose tr > :first-child {
    padding-inline-start: 0;
  }
  shopclerk-prose tr > :last-child {
    padding-inline-end: 0;
  }
`);
