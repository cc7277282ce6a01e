import { css } from './css.ts';

/**
 * All the CSS that a page gets before anybody opens the chat. Only inside is everything reset, where no sheet of the page
 * reaches: on the element itself a page's `!important` would win, and a page that hides the element shall win. The icon is
 * black or white by the accent's lightness; tokens.ts brings the exact form, which also holds for small text.
 */
export const launcher = css`
  :host {
    display: contents;
    --_size: var(--shopclerk-launcher-size, 56px);
    --_inset: var(--shopclerk-inset, 20px);
    --_z: var(--shopclerk-z-index, 2147483000);
    --_accent: var(--shopclerk-accent, var(--_shop-accent, #2b6151));
  }
  .launcher {
    all: initial;
    position: fixed;
    z-index: var(--_z);
    bottom: calc(var(--_inset) + env(safe-area-inset-bottom));
    inset-inline: auto var(--_inset);
    display: flex;
    align-items: center;
    flex-direction: row-reverse;
  }
  :host([position=start]) .launcher {
    inset-inline: var(--_inset) auto;
    flex-direction: row;
  }
  .launcher button {
    display: grid;
    place-items: center;
    width: var(--_size);
    height: var(--_size);
    padding: 0;
    border: 0;
    border-radius: 50%;
    color: var(--shopclerk-on-accent, lab(from var(--_accent) calc((49 - l) * 1e9) 0 0));
    background: var(--_accent);
    box-shadow: 0 4px 20px #0003;
    cursor: pointer;
  }
  /* A speech bubble with two lines in it. */
  .launcher i {
    width: 24px;
    height: 24px;
    background: currentColor;
    clip-path: path(evenodd, 'M2 3h20v14H11l-5 5v-5H2M6 8v2h12V8M6 12v2h8v-2');
    forced-color-adjust: none;
  }
  [aria-busy=true] {
    opacity: 0.6;
  }
  .launcher p {
    padding: 8px;
    background: Canvas;
  }
  .launcher p:empty,
  :host([layout=inline]) .launcher {
    display: none;
  }
  @media print {
    .launcher {
      display: none;
    }
  }
`;
