import { css } from 'lit';

/** What every page and piece of the desk starts from; colours and sizes are the widget's tokens, set by the frame. */
export const base = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3 {
    font-weight: 650;
    line-height: 1.3;
    text-wrap: balance;
  }
  h2 {
    font-size: 16px;
  }
  h3 {
    font-size: 14px;
  }
  a {
    color: inherit;
    text-decoration-color: var(--_muted);
    text-underline-offset: 3px;
  }
  a:hover {
    text-decoration-color: currentColor;
  }
  :focus-visible {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 13px;
  }
  .number {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }
  .alert {
    color: var(--_alert);
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .spread {
    justify-content: space-between;
  }
  .sheet {
    padding: 16px;
    border: 1px solid var(--_border);
    border-radius: 12px;
    background: var(--_surface);
  }
  .sheet > :first-child {
    margin-block-start: 0;
  }
  .sheet > :last-child {
    margin-block-end: 0;
  }
  .loaded {
    transition: opacity 120ms;
  }
  .loaded[aria-busy='true'] {
    opacity: 0.6;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 36px;
    padding: 0 14px;
    border: 1px solid var(--_control);
    border-radius: 9px;
    background: var(--_surface);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .button:hover {
    background: var(--_raised);
  }
  .button.main {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.main:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }
  .button.danger {
    color: var(--_alert);
    border-color: currentColor;
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    text-decoration: underline;
    text-decoration-color: var(--_muted);
    text-underline-offset: 3px;
    padding-inline: 8px;
    margin-inline-start: -8px;
  }
  .button[aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }

  label,
  .label {
    display: block;
    font-size: 14px;
    font-weight: 550;
  }
  .hint {
    font-size: 13px;
    font-weight: 400;
    color: var(--_muted);
  }
  .field {
    width: 100%;
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid var(--_control);
    border-radius: 9px;
    background: var(--_surface);
  }
  select.field {
    width: auto;
    max-width: 100%;
    padding-inline-end: 6px;
  }
  textarea.field {
    min-height: 84px;
    resize: vertical;
  }

  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding: 1px 8px;
    border-radius: 99px;
    background: var(--_raised);
    font-size: 13px;
    white-space: nowrap;
  }
  .tag.bad {
    background: color-mix(in srgb, var(--_alert) 12%, var(--_surface));
    color: var(--_alert);
  }
  .tag.good {
    background: var(--_tint);
    color: var(--_text);
  }

  details > summary {
    cursor: pointer;
    width: fit-content;
    border-radius: 6px;
  }

  @media (forced-colors: active) {
    .tag,
    .sheet {
      border: 1px solid;
    }
  }
`;
