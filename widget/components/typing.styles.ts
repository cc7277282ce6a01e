import { css } from 'lit';

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
    animation: shopclerk-dot 1.2s infinite;
  }
  .typing i + i {
    animation-delay: 160ms;
  }
  .typing i + i + i {
    animation-delay: 320ms;
  }
  @keyframes shopclerk-dot {
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
    animation: shopclerk-rise 160ms ease-out;
  }
  .tool svg {
    width: 16px;
    height: 16px;
  }
  .tool span {
    animation: shopclerk-breathe 1.6s ease-in-out infinite;
  }
  @keyframes shopclerk-breathe {
    50% {
      opacity: 0.7;
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
