import { css } from '../styles/css.ts';

/** A page to read: modest headings, tight lists, what is wide scrolls inside itself. */
export const proseStyles = css`
  shopclerk-prose {
    display: block;
    max-width: 60ch;
    overflow-wrap: anywhere;
  }
  shopclerk-prose > * {
    margin-block: 0 8px;
  }
  shopclerk-prose[dir='rtl'] > * {
    direction: rtl;
  }
  shopclerk-prose > :last-child {
    margin-block-end: 0;
  }
  shopclerk-prose :is(h1, h2, h3, h4, h5, h6, [role='heading']) {
    font-size: inherit;
    font-weight: 650;
    margin-block: 12px 4px;
  }
  shopclerk-prose > :first-child {
    margin-block-start: 0;
  }
  shopclerk-prose :is(strong, th) {
    font-weight: 650;
  }
  shopclerk-prose :is(ul, ol) {
    padding-inline-start: 22px;
  }
  shopclerk-prose li :is(ul, ol, p) {
    margin-block: 2px;
  }
  shopclerk-prose li + li {
    margin-block-start: 2px;
  }
  shopclerk-prose li::marker {
    color: var(--_muted);
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
  shopclerk-prose :is(th, td) {
    padding: 6px 12px;
    padding-inline-start: 0;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
  }
`;
