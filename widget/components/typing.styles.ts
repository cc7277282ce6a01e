import { css } from '../styles/css.ts';

export const typingStyles = css`
  .typing {
    display: flex;
    align-items: center;
    gap: 5px;
    height: 24px;
    margin: 0;
  }
  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--_muted);
    opacity: 0.35;
    animation: dot 1.2s infinite;
  }
  .typing i + i {
    animation-delay: 160ms;
  }
  .typing i + i + i {
    animation-delay: 320ms;
  }
  @keyframes dot {
    30% {
      opacity: 1;
    }
  }
  .tool {
    display: flex;
    align-items: center;
    gap: 8px;
    height: 24px;
    margin: 0;
    font-size: 13px;
    color: var(--_muted);
    animation: rise 160ms ease-out;
  }
  .tool svg {
    width: 16px;
    height: 16px;
  }
  .tool span {
    animation: breathe 1.6s ease-in-out infinite;
  }
  @keyframes breathe {
    50% {
      opacity: 0.7;
    }
  }
  /* Only a line that stays lost for a moment is worth showing. */
  .reconnecting {
    overflow: hidden;
    height: 24px;
    margin: 0;
    font-size: 13px;
    line-height: 24px;
    color: var(--_muted);
    animation: lost 160ms 600ms ease-out backwards;
  }
  @keyframes lost {
    from {
      height: 0;
      margin-block-start: -12px;
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .typing i {
      opacity: 0.7;
    }
  }
  @media (forced-colors: active) {
    .typing i {
      background: CanvasText;
    }
  }
`;
