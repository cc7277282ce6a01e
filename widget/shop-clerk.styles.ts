import { css, unsafeCSS, type CSSResultGroup } from 'lit';
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
import { launcher } from './styles/launcher.ts';
import { tokens } from './styles/tokens.ts';

const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    overflow-wrap: break-word;
  }
  dialog.panel {
    position: fixed;
    z-index: var(--_z);
    inset: auto;
    inset-block-end: calc(var(--_inset) + var(--_size) + 12px + env(safe-area-inset-bottom, 0px));
    inset-inline-end: calc(var(--_inset) + env(safe-area-inset-right, 0px));
    width: var(--shopclerk-panel-width, 400px);
    max-width: calc(100vw - 2 * var(--_inset));
    height: min(
      var(--shopclerk-panel-height, 680px),
      85dvh,
      100dvh - 2 * var(--_inset) - var(--_size) - 12px - env(safe-area-inset-bottom, 0px)
    );
    max-height: none;
    box-shadow:
      0 2px 8px #0001,
      0 16px 48px #0003;
    animation: shopclerk-rise 160ms ease-out;
  }
  :host([position='start']) dialog.panel {
    inset-inline: calc(var(--_inset) + env(safe-area-inset-left, 0px)) auto;
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
  .launcher button > * {
    display: grid;
    grid-area: 1 / 1;
    transition:
      opacity 160ms,
      rotate 160ms;
  }
  [aria-expanded='false'] .close-mark,
  [aria-expanded='true'] slot {
    opacity: 0;
    rotate: -45deg;
  }
  .launcher button {
    transition: scale 160ms ease-out;
  }
  .launcher button:hover {
    scale: 1.05;
  }
  .waiting {
    flex: 1;
    display: grid;
    place-content: center;
    padding: 16px;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes shopclerk-rise {
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
      padding: env(safe-area-inset-top, 0px) env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px)
        env(safe-area-inset-left, 0px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .launcher *,
    .panel,
    .panel * {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .launcher button,
    .panel,
    .panel :is(.card, .field, .chip, .action, .round, .send, .initial) {
      border: 1px solid CanvasText;
    }
  }
  @media print {
    dialog.panel {
      display: none;
    }
  }
`;

export const shopClerkStyles: CSSResultGroup = [
  unsafeCSS(tokens),
  unsafeCSS(launcher),
  panelStyles,
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
];
