import { css } from 'lit';

/** One of a few: radio buttons that look like one, `<fieldset class="segments"><label><input type="radio"><span>…`. */
export const segmentStyles = css`
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    margin: 0;
    padding: 2px;
    border: 1px solid var(--_border);
    border-radius: 10px;
    background: var(--_raised);
    min-width: 0;
  }
  .segments label {
    position: relative;
    font-weight: inherit;
    cursor: pointer;
  }
  .segments input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .segments span {
    display: block;
    padding: 4px 11px;
    border-radius: 8px;
    border: 1px solid transparent;
    white-space: nowrap;
  }
  .segments :checked + span {
    background: var(--_surface);
    border-color: var(--_border);
    font-weight: 600;
    box-shadow: 0 1px 2px rgb(0 0 0 / 6%);
  }
  .segments :focus-visible + span {
    outline: 2px solid var(--_accent-text);
    outline-offset: 1px;
  }
  @media (max-width: 599px) {
    .segments span {
      padding: 5px 8px;
      font-size: 14px;
    }
  }
  @media (forced-colors: active) {
    .segments :checked + span {
      outline: 2px solid Highlight;
    }
  }
`;
