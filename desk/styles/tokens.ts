import { css, unsafeCSS } from 'lit';
import { tokens } from '../../widget/styles/tokens.ts';

/** The widget's own, and what only the desk needs. They come down to every page from the frame. */
export const deskTokens = [
  css`
    :host {
      --_accent: #2b6151;
    }
    @media (prefers-color-scheme: dark) {
      :host {
        --_accent: #8fcdb6;
      }
    }
  `,
  // Text of ours, made by no one else.
  unsafeCSS(tokens),
  css`
    :host {
      --_ground: light-dark(#faf8f5, #171615);
      /* Edges of what can be pressed or filled in: 3 : 1 on the surface. */
      --_control: light-dark(#8e877e, #817a72);
      --_accent-text: light-dark(#2b6151, #8fcdb6);
      --_before: light-dark(#8e877e, #8f877e);
      display: block;
      min-height: 100dvh;
      background: var(--_ground);
      color: var(--_text);
    }
  `,
];
