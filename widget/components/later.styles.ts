import { css } from '../styles/css.ts';
import { choosersStyles } from './choosers.styles.ts';
import { menuStyles } from './menu.styles.ts';
import { noticeStyles } from './notice.styles.ts';

const ownStyles = css`
  :is(shopclerk-added, shopclerk-cart-act, shopclerk-comparison) {
    display: block;
    min-width: 0;
  }
  .added {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    margin-block-start: 4px;
    font-size: 13px;
    line-height: 20px;
  }
  .added p {
    margin: 0;
    font-weight: 600;
  }
  /* A card is too narrow for all of it: the sentence, and below it what can be done. */
  .card .added p {
    flex-basis: 100%;
    margin-block-start: 4px;
  }
  .added :is(button, a) {
    padding-block: 6px;
    color: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .act {
    display: flex;
    gap: 12px;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_surface);
  }
  .act .media {
    flex: none;
    width: 88px;
    aspect-ratio: auto;
    min-height: 88px;
  }
  @media (max-width: 480px) {
    .act .media {
      width: 64px;
    }
  }
  .act-body {
    flex: 1;
    align-content: center;
    min-width: 0;
    padding-block: 10px;
    padding-inline: 0 12px;
  }
  .act > .act-body:first-child {
    padding-inline-start: 14px;
  }
  .act p {
    margin: 0;
  }
  .act-question {
    font-weight: 600;
  }
  .act-line {
    font-size: 14px;
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .act-outcome {
    font-size: 13px;
    color: var(--_muted);
  }
  .act-buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
  .act-buttons button {
    min-height: 44px;
    padding: 8px 18px;
    border-radius: 22px;
    font-size: 14px;
    font-weight: 600;
  }
  .decline {
    border: 1px solid var(--_border);
  }
  .decline:hover {
    border-color: var(--_muted);
  }
  .compare-scroll {
    margin-block-start: 8px;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.75);
  }
  .compare .carousel-title {
    margin: 0;
  }
  .compare table {
    width: max-content;
    min-width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: 13px;
    line-height: 20px;
    font-variant-numeric: tabular-nums;
  }
  .compare :is(th, td) {
    width: 120px;
    max-width: 180px;
    padding: 8px 10px;
    border-block-end: 1px solid var(--_border);
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  .compare tbody tr:last-child > * {
    border-block-end: 0;
  }
  /* The first column stays, and hides what passes below it. */
  .compare tr > :first-child {
    position: sticky;
    inset-inline-start: 0;
    z-index: 1;
    width: 92px;
    max-width: 92px;
    font-weight: 400;
    color: var(--_muted);
    background: var(--_surface);
    border-inline-end: 1px solid var(--_border);
  }
  .compare thead th {
    font-weight: 500;
  }
  .compare .media {
    width: 72px;
    margin-block-end: 6px;
    border-radius: 8px;
    overflow: hidden;
  }
  .compare th a {
    display: inline-block;
    padding-block: 2px;
    color: inherit;
    text-decoration-color: var(--_muted);
    text-underline-offset: 2px;
  }
  .compare .price {
    margin: 0;
  }
  .compare .note {
    margin-block-start: 6px;
  }
  .compare .then {
    display: block;
  }
  .then {
    flex-basis: 100%;
    color: var(--_text);
  }
`;

/** One sheet for all that comes later. */
export const laterStyles = [ownStyles, choosersStyles, menuStyles, noticeStyles].join('');
