import { css } from './css.ts';

/** The panel along one side of the window, from top to bottom. */
export const side = css`
  @media (min-width: 481px) {
    :host([layout='side']) dialog.panel {
      inset-block: 0;
      inset-inline: auto 0;
      height: 100dvh;
      border-radius: 0;
    }
    :host([layout='side'][position='start']) dialog.panel {
      inset-inline: 0 auto;
    }
    :host([layout='side'][open]) .launcher {
      display: none;
    }
  }
`;
