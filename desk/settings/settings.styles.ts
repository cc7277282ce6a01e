import { css } from 'lit';

export const diffStyles = css`
  .diff {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 4px 12px;
    margin: 0;
  }
  .diff dt {
    grid-column: 1 / -1;
    margin-block-start: 10px;
    font-weight: 600;
    font-size: 14px;
  }
  .diff dd {
    margin: 0;
    min-width: 0;
  }
  .diff p {
    margin: 2px 0;
  }
  .diff pre {
    margin: 2px 0 0;
    padding: 6px 10px;
    max-height: 200px;
    overflow: auto;
    border-radius: 8px;
    background: var(--_raised);
    font: inherit;
    font-size: 13px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;

export const settingsStyles = css`
  .beside {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
    margin-block-start: 14px;
  }
  .said:has(> *) {
    margin-block-start: 14px;
  }
  .group {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
    gap: 18px 24px;
  }
  .group > * {
    grid-column: 1 / -1;
  }
  .group > :is([data-kind='number'], [data-kind='choice'], [data-kind='models']) {
    grid-column: auto;
  }
  .set .hint.number {
    max-width: none;
  }
  dialog label > .field {
    margin-block-start: 4px;
    font-weight: 400;
  }
  .group + .group {
    margin-block-start: 16px;
  }
  h2 {
    margin: 0;
  }
  .group > p {
    margin: -12px 0 0;
  }
  .set > .label,
  .set > label:not(.check) {
    margin-block-end: 4px;
  }
  .set .hint {
    display: block;
    margin-block-start: 4px;
    max-width: 70ch;
  }
  .row > .hint {
    margin: 0;
  }
  .set[data-changed] {
    border-inline-start: 3px solid var(--_accent-text);
    padding-inline-start: 12px;
    margin-inline-start: -15px;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    margin: 2px 0 0;
    font-size: 13px;
    color: var(--_muted);
  }
  .field.short {
    width: 150px;
  }
  .field.long {
    min-height: 220px;
  }
  .field.code {
    font-family: ui-monospace, monospace;
    font-size: 13px;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_alert);
  }
  .field:disabled {
    background: var(--_raised);
  }
  .inner,
  .entry {
    display: grid;
    gap: 8px;
  }
  .inner {
    gap: 12px;
  }
  .inner label {
    font-weight: 400;
  }
  .inner div > label {
    margin-block-end: 4px;
  }
  .said:not(:has(*)) {
    display: none;
  }
  .inner .button {
    justify-self: start;
  }
  .entry {
    padding: 12px;
    border: 1px solid var(--_border);
    border-radius: 10px;
  }
  .hours {
    grid-template-columns: 110px minmax(0, 1fr);
    align-items: center;
  }
  .hours .button {
    grid-column: 1 / -1;
  }
  .checks {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 2px 12px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .checks legend {
    padding: 0;
    margin-block-end: 4px;
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    font-weight: 400;
  }
  .check input {
    flex: none;
    width: 18px;
    height: 18px;
    accent-color: var(--_accent);
  }
  input[type='color'] {
    width: 44px;
    height: 36px;
    padding: 2px;
    border: 1px solid var(--_control);
    border-radius: 9px;
    background: var(--_surface);
  }
  ul.problems {
    margin: 4px 0 0;
    padding-inline-start: 18px;
  }
  .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: 2;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 10px 0;
    background: var(--_ground);
  }
  .bar > :first-child {
    margin-inline-end: auto;
  }
  dialog {
    width: min(720px, calc(100vw - 32px));
    max-height: 86dvh;
    padding: 20px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    background: var(--_surface);
    color: var(--_text);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 40%);
  }
  dialog form {
    display: grid;
    gap: 12px;
    margin-block-start: 16px;
  }
  .end {
    justify-content: end;
  }
  @media (min-width: 1000px) {
    .to-preview {
      display: none;
    }
    .beside {
      grid-template-columns: minmax(0, 1fr) minmax(280px, 36%);
    }
    desk-preview {
      position: sticky;
      inset-block-start: 64px;
      align-self: start;
    }
  }
`;
