import { css } from '../styles/css.ts';

export const shopperStyles = css`
  .actions {
    display: flex;
    height: 100%;
    margin-inline-start: -6px;
    opacity: 0;
    transition: opacity 120ms;
  }
  .message:is(:hover, :focus-within) .actions,
  shopclerk-message:last-child .actions {
    opacity: 1;
  }
  .actions button {
    display: grid;
    place-items: center;
    width: 28px;
    height: 28px;
    border-radius: 8px;
    color: var(--_muted);
  }
  .actions svg {
    width: 16px;
    height: 16px;
  }
  .actions button:hover {
    color: var(--_text);
    background: var(--_raised);
  }
  .actions [aria-pressed='true'] {
    color: var(--_text);
  }
  .actions [aria-pressed='true'] svg {
    fill: color-mix(in srgb, currentColor 30%, transparent);
  }
  @media (pointer: coarse) {
    .actions {
      margin-inline-start: -13px;
      opacity: 1;
    }
    .actions button {
      width: 44px;
      height: 44px;
    }
    .actions svg {
      width: 18px;
      height: 18px;
    }
  }
  @media (forced-colors: active) {
    .actions [aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
  }
  /* A form needs room of its own. */
  shopclerk-actions:has(.why) {
    height: auto;
    margin-block-end: 0;
  }
  shopclerk-actions:has(.why) .actions {
    height: auto;
    opacity: 1;
  }
  .why {
    display: grid;
    gap: 8px;
    margin-block-start: 4px;
    padding: 12px 14px;
    border-radius: calc(var(--_radius) * 0.75);
    background: var(--_raised);
    font-size: 14px;
  }
  .why fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .why legend {
    padding: 0;
    font-weight: 600;
  }
  .why fieldset label {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 40px;
  }
  .why input {
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  :is(.why textarea, .threads input) {
    width: 100%;
    padding: 8px 12px;
    border: 1px solid light-dark(#8d867d, #857e75);
    border-radius: 10px;
    font: inherit;
    /* Under 16 px, iOS zooms the page into the field. */
    font-size: 16px;
    color: inherit;
    background: var(--_surface);
    resize: vertical;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .buttons button {
    min-height: 40px;
    padding-inline: 16px;
    border-radius: 20px;
    font-weight: 600;
  }
  .buttons .primary {
    color: var(--_on-accent);
    background: var(--_accent);
  }
  .buttons .final {
    color: var(--_alert);
    border: 1px solid;
  }
  @media (pointer: coarse) {
    :is(.why fieldset label, .buttons button) {
      min-height: 44px;
    }
  }

  section.panel:has(> shopclerk-threads) {
    position: relative;
  }
  /* What lies below the list can't be reached; what is announced can still be heard. */
  .panel:has(> shopclerk-threads) > :not(shopclerk-threads, [aria-live]) {
    visibility: hidden;
  }
  shopclerk-threads {
    position: absolute;
    inset: 0;
    padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
      env(safe-area-inset-left);
    border-radius: inherit;
    background: var(--_surface);
    animation: rise 160ms ease-out;
  }
  .threads {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .threads .header {
    gap: 8px;
    padding: 10px;
  }
  .threads .header h2 {
    flex: 1;
    margin: 0;
    font-size: inherit;
    font-weight: 650;
  }
  [dir='rtl'] .threads .back svg {
    scale: -1 1;
  }
  .threads .search {
    padding: 12px 16px;
  }
  .threads .search input {
    padding: 9px 16px;
    border-radius: 24px;
  }
  /* An empty field with dir=auto is from left to right, but its placeholder is ours. */
  .threads input:placeholder-shown {
    direction: inherit;
  }
  .threads .said {
    margin: 0;
    padding: 0 20px 8px;
    font-size: 13px;
    color: var(--_muted);
  }
  .threads .said:empty {
    display: none;
  }
  .threads ul {
    flex: 1;
    margin: 0;
    padding: 0 8px 16px;
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    list-style: none;
  }
  .threads li {
    display: flex;
    align-items: center;
    border-radius: 12px;
  }
  .threads li:hover {
    background: var(--_raised);
  }
  .threads .open {
    flex: 1;
    min-width: 0;
    padding: 10px 12px;
    border-radius: 12px;
    text-align: start;
  }
  .threads .open > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .threads .open > :not(.title) {
    font-size: 13px;
    color: var(--_muted);
  }
  .threads .title {
    unicode-bidi: plaintext;
    text-align: start;
  }
  .threads [aria-current] .title {
    font-weight: 650;
  }
  .threads .running {
    color: var(--_text);
  }
  .threads .round {
    width: 44px;
    height: 44px;
  }
  .threads .round svg {
    width: 18px;
    height: 18px;
  }
  .threads form:not(.search),
  .threads .sure {
    display: grid;
    gap: 8px;
    flex: 1;
    min-width: 0;
    padding: 10px 12px;
  }
  .threads .sure p {
    margin: 0;
  }
`;
