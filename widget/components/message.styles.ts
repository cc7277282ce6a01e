import { css } from '../styles/css.ts';

export const messageStyles = css`
  shopclerk-message {
    display: block;
  }
  .message.user {
    display: flex;
    flex-direction: column;
    align-items: end;
    gap: 4px;
  }
  .bubble {
    max-width: 85%;
    padding: 8px 14px;
    border-radius: 18px;
    border-end-end-radius: 6px;
    background: var(--_tint);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .message.assistant {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    min-height: 24px;
  }
  .growing > shopclerk-prose:last-child > :is(p, h3, h4):last-child::after,
  .growing > shopclerk-prose:last-child > :is(ul, ol):last-child > li:last-child::after {
    content: '';
    display: inline-block;
    width: 2px;
    height: 1em;
    margin-inline-start: 2px;
    vertical-align: -0.15em;
    background: currentColor;
    animation: caret 900ms infinite alternate;
  }
  @keyframes caret {
    to {
      opacity: 0.2;
    }
  }
  .note {
    margin: 0;
    font-size: 13px;
    color: var(--_muted);
  }
  .note button {
    min-height: 24px;
    text-decoration: underline;
  }
  /* In the gap below, whether they are there yet or not. */
  shopclerk-actions {
    height: 28px;
    margin-block: -12px -28px;
  }
  /* What can be done with an answer and what could be asked next would touch. */
  .message > shopclerk-actions ~ * {
    margin-block-start: 6px;
  }
  @media (pointer: coarse) {
    shopclerk-actions {
      height: 44px;
      margin-block: -8px;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;
