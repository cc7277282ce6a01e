import { css, unsafeCSS } from 'lit';
import { proseStyles } from '../../widget/components/prose.styles.ts';

export const conversationStyles = [
  // Text of ours.
  unsafeCSS(proseStyles),
  css`
    .head > :first-child {
      flex: 1 1 320px;
      min-width: 0;
    }
    .head h2 {
      margin: 0;
      font-size: 18px;
      overflow-wrap: anywhere;
    }
    .head p {
      margin: 0;
    }
    article {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 300px;
      gap: 0 28px;
      padding: 20px;
    }
    article.replaced {
      border-style: dashed;
    }
    .said {
      min-width: 0;
      max-width: 720px;
    }
    .question {
      width: fit-content;
      max-width: 85%;
      margin: 0 0 4px auto;
      padding: 8px 14px;
      border-radius: 16px;
      background: var(--_tint);
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .page {
      text-align: end;
      margin: 0 0 16px;
    }
    .answer > * {
      margin-block: 0 12px;
    }
    /* As wide as the cards beside it; Hebrew then begins where they do. */
    .answer > shopclerk-prose {
      max-width: none;
    }
    .answer h3 {
      margin-block-end: 4px;
    }
    .aside {
      font-size: 13px;
      color: var(--_muted);
    }
    .cards {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(230px, 1fr));
      gap: 8px;
      padding: 0;
      list-style: none;
    }
    .card {
      display: flex;
      gap: 10px;
      align-items: center;
      padding: 8px;
      border: 1px solid var(--_border);
      border-radius: 10px;
      min-height: 100%;
    }
    .card .name {
      display: block;
      font-size: 14px;
    }
    .card :is(img, .blank) {
      flex: none;
      width: 56px;
      height: 56px;
      object-fit: contain;
      border-radius: 8px;
      background: #fff;
    }
    .card .blank {
      background: var(--_raised);
    }
    .sources ol {
      padding-inline-start: 24px;
    }
    .sources blockquote {
      margin: 2px 0 8px;
      color: var(--_muted);
      font-size: 13px;
      unicode-bidi: plaintext;
    }
    .failed {
      padding: 10px 14px;
      border-radius: 10px;
      background: color-mix(in srgb, var(--_alert) 10%, var(--_surface));
    }
    .facts {
      border-inline-start: 1px solid var(--_border);
      padding-inline-start: 20px;
      font-size: 13px;
      min-width: 0;
    }
    .facts h3 {
      margin: 0 0 6px;
      font-size: 13px;
      color: var(--_muted);
    }
    .facts dl {
      display: grid;
      grid-template-columns: auto 1fr;
      gap: 3px 12px;
      margin: 0 0 14px;
    }
    .facts dt {
      color: var(--_muted);
    }
    .facts dd {
      margin: 0;
      text-align: end;
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
    }
    .facts ol {
      margin: 0 0 14px;
      padding-inline-start: 18px;
    }
    .facts li {
      margin-block-end: 3px;
      overflow-wrap: anywhere;
    }
    .calls table {
      font-size: 13px;
    }
    .calls {
      grid-column: 1 / -1;
      margin-block-start: 12px;
      font-size: 13px;
    }
    .calls .table {
      margin-block-start: 8px;
    }
    @media (max-width: 1099px) {
      article {
        grid-template-columns: minmax(0, 1fr);
        padding: 16px;
      }
      .facts {
        border-inline-start: 0;
        border-block-start: 1px solid var(--_border);
        padding: 14px 0 0;
        margin-block-start: 14px;
        max-width: 420px;
      }
    }
  `,
];
