import { css } from '../styles/css.ts';

/** A page to read; what more of it needs the parser of Markdown comes with that (render/markdown.styles.ts). */
export const proseStyles = css`
  shopclerk-prose {
    display: block;
    max-width: 60ch;
    overflow-wrap: anywhere;
  }
  shopclerk-prose > * {
    margin-block: 0 8px;
  }
  /* A paragraph in another language has a direction of its own, but not one that may be a name alone. */
  shopclerk-prose[dir='rtl'] > p,
  shopclerk-prose > p:has(strong) {
    direction: inherit;
  }
  shopclerk-prose > :last-child {
    margin-block-end: 0;
  }
  shopclerk-prose > :first-child {
    margin-block-start: 0;
  }
  /* Mostly a name: it has a direction of its own, and what follows it keeps its place. */
  shopclerk-prose strong {
    font-weight: 650;
    unicode-bidi: plaintext;
  }
  shopclerk-prose :is(ul, ol) {
    padding-inline-start: 22px;
  }
  shopclerk-prose li + li {
    margin-block-start: 2px;
  }
  shopclerk-prose li::marker {
    color: var(--_muted);
  }
`;
