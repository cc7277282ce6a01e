import { css } from '../styles/css.ts';

/** What there is to choose on a card. */
export const choosersStyles = css`
  .choices {
    display: grid;
    align-content: start;
    gap: 4px;
    margin-block-start: 4px;
    font-size: 13px;
  }
  select.axis {
    --_chevron: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 6'%3E%3Cpath d='M1 1l4 4 4-4' fill='none' stroke='%23888' stroke-width='1.5'/%3E%3C/svg%3E");
    appearance: none;
    width: 100%;
    min-height: 36px;
    padding-block: 4px;
    padding-inline: 10px 28px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.5);
    font: inherit;
    font-size: max(13px, var(--_select-size, 13px));
    color: inherit;
    text-overflow: ellipsis;
    background: var(--_surface) var(--_chevron) no-repeat right 10px center / 10px;
  }
  [dir='rtl'] select.axis {
    background-position: left 10px center;
  }
  fieldset.axis {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  fieldset.axis legend {
    max-width: 100%;
    padding: 0 0 4px;
    overflow-wrap: anywhere;
    color: var(--_muted);
  }
  .value {
    position: relative;
    min-width: 36px;
    padding: 7px 12px;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 0.5);
    line-height: 20px;
    text-align: center;
    cursor: pointer;
  }
  .value:hover {
    border-color: var(--_muted);
  }
  .value input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .value:has(:checked) {
    border-color: var(--_text);
    box-shadow: inset 0 0 0 1px var(--_text);
    font-weight: 600;
  }
  .value:has(:focus-visible) {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
  .value.closed {
    color: var(--_muted);
    border-style: dashed;
    text-decoration: line-through;
  }
  .axis[aria-invalid],
  .missing .value:not(.closed) {
    border-color: var(--_alert);
  }
  .wide .choices {
    margin-block: 0 8px;
  }
  /* Below 16 px, a phone zooms into what has the focus. */
  @media (pointer: coarse) {
    select.axis {
      --_select-size: 16px;
      min-height: 44px;
    }
    .value {
      min-width: 44px;
      padding-block: 11px;
    }
  }
  .add[aria-disabled='true'] {
    color: var(--_muted);
    background: var(--_raised);
    cursor: default;
  }
`;
