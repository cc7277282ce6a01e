import { css } from './css.ts';

/**
 * The public custom properties and their defaults, read by the panel's sheets through private ones (`--_…`). Text on the
 * accent is black or white by the accent's relative luminance, which is the Y of XYZ: black reads better from 0.179 up, and
 * the better of the two always has a contrast of 4.5 or more, whatever colour a shop brings. Twice the light that a screen
 * has is shown as white.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
    --_size: var(--shopclerk-launcher-size, var(--_shop-size, 56px));
    --_ink: clamp(0, (0.179 - y) * 1e9, 2);
    --_on-accent: var(--shopclerk-on-accent, color(from var(--_accent) xyz-d65 var(--_ink) var(--_ink) var(--_ink)));
    --_surface: var(--shopclerk-surface, light-dark(var(--_shop-surface, #fff), var(--_shop-dark-surface, #1e1d1b)));
    --_raised: var(--shopclerk-raised, light-dark(#f6f4f1, #2a2826));
    --_text: var(--shopclerk-text, light-dark(var(--_shop-text, #25221f), var(--_shop-dark-text, #efece7)));
    --_muted: var(--shopclerk-muted, light-dark(var(--_shop-muted, #6a645d), var(--_shop-dark-muted, #aea79e)));
    --_border: var(--shopclerk-border, light-dark(var(--_shop-border, #e6e2dc), var(--_shop-dark-border, #3c3936)));
    --_alert: light-dark(#b3261e, #ffa398);
    --_tint: light-dark(
      color-mix(in srgb, var(--_accent) 14%, var(--_surface)),
      color-mix(in srgb, var(--_accent) 28%, #3a3734)
    );
    --_radius: var(--shopclerk-radius, var(--_shop-radius, 16px));
  }
  :host([color-scheme='light']) {
    color-scheme: light;
  }
  :host([color-scheme='dark']) {
    color-scheme: dark;
  }
  .panel {
    all: initial;
  }
  .launcher,
  .panel {
    font-family: inherit;
    color-scheme: inherit;
  }
  .launcher button {
    color: var(--_on-accent);
  }
  .panel {
    font-family: var(--shopclerk-font, var(--_shop-font, inherit));
    font-size: var(--shopclerk-font-size, var(--_shop-font-size, 15px));
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
  :where(.panel, .launcher) svg {
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
  /* A field has an edge already. */
  :where(.panel) :is(input, textarea):focus-visible {
    outline-offset: -1px;
  }
`;
