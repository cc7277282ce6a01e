import { css } from './css.ts';

/**
 * All the CSS that a page gets before anybody opens the chat. Text on the accent is black or white by the accent's
 * relative luminance, which is the Y of XYZ: black reads better from 0.179 up, and the better of the two always has a
 * contrast of 4.5 or more, whatever colour a shop brings. Twice the light that a screen has is shown as white.
 */
export const launcher = css`
  :host {
    all: initial;
    display: contents;
    font-family: inherit;
    color-scheme: light dark;
    --_size: var(--shopclerk-launcher-size, 56px);
    --_inset: var(--shopclerk-inset, 20px);
    --_z: var(--shopclerk-z-index, 2147483000);
    --_accent: var(--shopclerk-accent, var(--_shop-accent, #2b6151));
    --_ink: clamp(0, (0.179 - y) * 1e9, 2);
    --_on-accent: var(--shopclerk-on-accent, color(from var(--_accent) xyz-d65 var(--_ink) var(--_ink) var(--_ink)));
  }
  .launcher {
    position: fixed;
    z-index: var(--_z);
    bottom: calc(var(--_inset) + env(safe-area-inset-bottom));
    inset-inline-end: var(--_inset);
    display: flex;
    align-items: center;
    gap: 12px;
    flex-direction: row-reverse;
  }
  :host([position='start']) .launcher {
    inset-inline: var(--_inset) auto;
    flex-direction: row;
  }
  .launcher button {
    display: grid;
    place-items: center;
    width: var(--_size);
    height: var(--_size);
    padding: 0;
    border: 1px solid #fff2;
    border-radius: 50%;
    color: var(--_on-accent);
    background: var(--_accent);
    box-shadow:
      0 2px 6px #0002,
      0 8px 24px #0003;
    cursor: pointer;
  }
  .launcher svg {
    width: 26px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [aria-busy='true'] {
    opacity: 0.6;
  }
  .launcher p {
    max-width: 220px;
    margin: 0;
    padding: 8px 12px;
    border: 1px solid;
    border-radius: 12px;
    font-size: 13px;
    color: CanvasText;
    background: Canvas;
  }
  .launcher p:empty,
  :host([layout='inline']) .launcher {
    display: none;
  }
  @media print {
    .launcher {
      display: none;
    }
  }
`;
