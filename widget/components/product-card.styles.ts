import { css } from '../styles/css.ts';

export const productCardStyles = css`
  .card {
    position: relative;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_surface);
    transition: border-color 120ms;
  }
  .card:hover {
    border-color: var(--_muted);
  }
  .card p {
    margin: 0;
  }
  /* The row's own lines, eight of them, so that what belongs together stands side by side: picture, brand, title, price,
     stock, choices, action, and how that ended. */
  .track > li,
  shopclerk-product,
  .card,
  .body {
    display: grid;
    grid-template: subgrid / minmax(0, 1fr);
    grid-row: span 8;
  }
  .card .body {
    grid-row: 2 / span 7;
    padding: 8px 12px 12px;
  }
  .title {
    grid-row: 2;
  }
  .price {
    grid-row: 3;
  }
  .facts {
    grid-row: 4;
  }
  :is(.choices, .options) {
    grid-row: 5;
  }
  .action {
    grid-row: 6;
  }
  :is(shopclerk-added, .refusal) {
    grid-row: 7;
  }
  /* Light in both schemes: shops photograph on white. */
  .media {
    aspect-ratio: 1;
    display: grid;
    place-items: center;
    background: #f6f4f1;
    color: #a8a096;
  }
  .media img {
    width: 100%;
    height: 100%;
    min-height: 0;
    object-fit: contain;
  }
  .media svg {
    width: 40%;
    height: 40%;
    stroke-width: 1;
  }
  .media :is(img:not([src]), img[src] ~ svg) {
    display: none;
  }
  .brand {
    font-size: 12px;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .title {
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .price {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 6px;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .price-from {
    white-space: pre-wrap;
  }
  .price-from,
  .price-unit,
  .price s {
    font-weight: 400;
    font-size: 13px;
    color: var(--_muted);
  }
  .on-sale [part='card-price'] > bdi {
    color: var(--_alert);
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-content: start;
    gap: 0 8px;
    font-size: 13px;
    line-height: 20px;
    color: var(--_muted);
  }
  .stock::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: #c98a1b;
    forced-color-adjust: none;
  }
  .stock.in_stock::before {
    background: #2f9e5f;
  }
  .stock.out_of_stock::before,
  .stock.discontinued::before {
    background: none;
    box-shadow: inset 0 0 0 2px currentColor;
  }
  .star {
    color: light-dark(#b87a00, #f0b840);
  }
  .action {
    margin-block-start: 6px;
    padding: 8px 12px;
    border-radius: calc(var(--_radius) * 0.5);
    font-size: 14px;
    line-height: 20px;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    color: var(--_text);
    background: var(--_tint);
    transition:
      background 120ms,
      color 120ms;
  }
  .card:hover .link.action,
  .add:not(.undecided) {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .card .refusal {
    margin-block-start: 6px;
    font-size: 13px;
    line-height: 18px;
    color: var(--_alert);
  }
  .gone .title {
    color: var(--_muted);
  }
  .title a {
    color: inherit;
    text-decoration: none;
  }
  /* The link covers its card, but for what else there is to press. */
  .link::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
  }
  .card :is(.choices, .add, shopclerk-added) {
    position: relative;
    z-index: 1;
  }
  .link:focus-visible {
    outline: none;
  }
  .link:focus-visible::after {
    border-radius: calc(var(--_radius) * 0.75);
    outline: 2px solid var(--_text);
    outline-offset: -3px;
  }
  .options {
    margin: 4px 0 8px;
    font-size: 13px;
  }
  .options div {
    display: flex;
    gap: 6px;
  }
  .options dt {
    color: var(--_muted);
  }
  .options dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .single > li,
  .single shopclerk-product {
    display: block;
  }
  .card.wide {
    display: flex;
  }
  .wide .media {
    flex: none;
    width: 38%;
    max-width: 160px;
    aspect-ratio: auto;
    min-height: 148px;
  }
  .wide .body {
    display: flex;
    flex-direction: column;
    flex: 1;
    gap: 2px;
    min-width: 0;
  }
  .wide .title {
    font-size: 15px;
  }
  .wide .action {
    margin-block-start: auto;
  }
  .wide .facts {
    margin-block-end: 6px;
  }
  /* Until they are there. */
  :is(shopclerk-comparison, shopclerk-cart-act):not(:defined) {
    display: block;
    min-height: 120px;
  }
`;
