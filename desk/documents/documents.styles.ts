import { css } from 'lit';

export const documentStyles = css`
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 24px 16px;
    border: 1px dashed var(--_control);
    border-radius: 12px;
    background: var(--_surface);
    text-align: center;
  }
  .drop.over {
    border-style: solid;
    background: var(--_tint);
  }
  .drop p {
    margin: 0;
    max-width: 60ch;
  }
  label.button {
    position: relative;
    font: inherit;
  }
  label.button input {
    position: absolute;
    inset: 0;
    width: 100%;
    opacity: 0;
    font-size: 0;
    cursor: pointer;
  }
  label.button:focus-within {
    outline: 2px solid var(--_accent-text);
    outline-offset: 2px;
  }
  .sending {
    margin: 0;
    padding: 0;
    list-style: none;
    display: grid;
    gap: 8px;
  }
  .sending li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    overflow-wrap: anywhere;
  }
  progress {
    accent-color: var(--_accent);
    width: 180px;
  }
  h2 {
    margin: 0;
  }
  .state {
    overflow-wrap: anywhere;
  }
  @media (min-width: 600px) {
    .state {
      min-width: 180px;
    }
    td .row {
      flex-wrap: nowrap;
      justify-content: end;
    }
  }
  .off {
    color: var(--_muted);
  }
`;
