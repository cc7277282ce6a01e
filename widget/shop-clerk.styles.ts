import { composerStyles } from './components/composer.styles.ts';
import { failureStyles } from './components/failure.styles.ts';
import { headerStyles } from './components/header.styles.ts';
import { messageListStyles } from './components/message-list.styles.ts';
import { messageStyles } from './components/message.styles.ts';
import { productCardStyles } from './components/product-card.styles.ts';
import { productCarouselStyles } from './components/product-carousel.styles.ts';
import { proseStyles } from './components/prose.styles.ts';
import { startStyles } from './components/start.styles.ts';
import { typingStyles } from './components/typing.styles.ts';
import { css } from './styles/css.ts';
import { sheetOf } from './styles/sheet.ts';
import { side } from './styles/side.ts';
import { tokens } from './styles/tokens.ts';

const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    /* Not hidden: what brings a card into view would scroll the header away with it, and nothing scrolls back. */
    overflow: clip;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: break-word;
  }
  dialog.panel {
    position: fixed;
    z-index: var(--_z);
    inset: auto;
    bottom: calc(var(--_inset) + var(--_size) + 12px + env(safe-area-inset-bottom));
    inset-inline-end: var(--_inset);
    width: var(--shopclerk-panel-width, 400px);
    max-width: calc(100vw - 2 * var(--_inset));
    height: min(
      var(--shopclerk-panel-height, 680px),
      85dvh,
      100dvh - 2 * var(--_inset) - var(--_size) - 12px - env(safe-area-inset-bottom)
    );
    max-height: none;
    box-shadow:
      0 2px 8px #0001,
      0 16px 48px #0003;
    animation: rise 160ms ease-out;
  }
  :host([position='start']) dialog.panel {
    inset-inline: var(--_inset) auto;
  }
  dialog.panel:not([open]) {
    display: none;
  }
  :host([layout='inline']) {
    display: block;
  }
  section.panel {
    height: var(--shopclerk-panel-height, 680px);
    width: 100%;
  }
  /* A layer of its own: in one with the panel, Chromium paints the panel's shadow twice where the launcher changes. */
  .launcher {
    will-change: transform;
  }
  .launcher button > * {
    display: grid;
    grid-area: 1 / 1;
    transition:
      opacity 160ms,
      rotate 160ms;
  }
  .launcher [aria-expanded='false'] > svg,
  .launcher [aria-expanded='true'] > slot {
    opacity: 0;
    rotate: -45deg;
  }
  .launcher button {
    transition: scale 160ms ease-out;
  }
  .launcher button:hover {
    scale: 1.05;
  }
  .aside {
    padding: 8px 12px 0;
  }
  .waiting {
    flex: 1;
    display: grid;
    place-content: center;
    justify-items: center;
    padding: 16px;
  }
  /* Words beside the dots, when it takes long. */
  .waiting .reconnecting {
    animation-delay: 3s;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
  @media (max-width: 480px) {
    dialog.panel {
      inset: var(--_visible-top, 0) 0 auto;
      width: 100%;
      max-width: none;
      height: var(--_visible-height, 100dvh);
      border: 0;
      border-radius: 0;
      padding: env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom)
        env(safe-area-inset-left);
    }
  }
  /* Fingers need more room than a pointer. */
  @media (pointer: coarse) {
    .panel :is(.round, .send, .chip) {
      min-width: 44px;
      min-height: 44px;
    }
    .panel .action {
      padding-block: 12px;
    }
    .panel .field {
      padding: 2px;
    }
    .panel .field textarea {
      padding-block: 10px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher *,
    .panel,
    .panel *,
    .panel ::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .launcher button,
    .panel,
    .panel :is(.card, .field, .chip, .action, .round, .send, .initial, .primary, .notice, .value, .act) {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    dialog.panel {
      display: none;
    }
  }
`;

/** One sheet, for one shadow root. */
export const shopClerkSheet = sheetOf(
  [
    tokens,
    panelStyles,
    side,
    headerStyles,
    startStyles,
    messageListStyles,
    messageStyles,
    proseStyles,
    typingStyles,
    failureStyles,
    productCarouselStyles,
    productCardStyles,
    composerStyles,
  ].join(''),
);
