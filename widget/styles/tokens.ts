import { css } from './css.ts';

/** The public custom properties and their defaults, read by the panel's sheets through private ones (`--_…`). */
export const tokens = css`
  :host {
    --_surface: var(--shopclerk-surface, light-dark(#fff, #1e1d1b));
    --_raised: var(--shopclerk-raised, light-dark(#f6f4f1, #2a2826));
    --_text: var(--shopclerk-text, light-dark(#25221f, #efece7));
    --_muted: var(--shopclerk-muted, light-dark(#6a645d, #aea79e));
    --_border: var(--shopclerk-border, light-dark(#e6e2dc, #3c3936));
    --_alert: light-dark(#b3261e, #ffa398);
    --_tint: light-dark(
      color-mix(in srgb, var(--_accent) 14%, var(--_surface)),
      color-mix(in srgb, var(--_accent) 28%, #3a3734)
    );
    --_radius: var(--shopclerk-radius, 16px);
  }
  :host([color-scheme='light']) {
    color-scheme: light;
  }
  :host([color-scheme='dark']) {
    color-scheme: dark;
  }
  .panel {
    font-family: var(--shopclerk-font, inherit);
    font-size: var(--shopclerk-font-size, 15px);
    line-height: 1.5;
    color: var(--_text);
    text-align: start;
    -webkit-text-size-adjust: 100%;
  }
  :where(.panel *) {
    box-sizing: border-box;
  }
  :where(.panel) button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    margin: 0;
    padding: 0;
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :where(.panel) :is(.initial, .round, .send, .jump, .arrow) {
    display: grid;
    place-items: center;
    flex: none;
    border-radius: 50%;
  }
  :where(.panel) svg {
    width: 20px;
    height: 20px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :where(.panel, .launcher) :focus-visible {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
`;
