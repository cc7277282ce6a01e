import { css } from '../styles/css.ts';

export const aboutStyles = css`
  .about {
    display: flex;
    align-items: center;
    gap: 2px;
    width: fit-content;
    max-width: calc(100% - 32px);
    margin: 8px 16px 0;
    padding-inline: 12px 2px;
    border: 1px solid var(--_border);
    border-radius: 16px;
    font-size: 13px;
    color: var(--_muted);
    background: var(--_raised);
  }
  .about p {
    min-width: 0;
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .about bdi {
    color: var(--_text);
  }
  .about button {
    display: grid;
    place-items: center;
    flex: none;
    width: 30px;
    height: 30px;
    border-radius: 50%;
  }
  .about svg {
    width: 14px;
    height: 14px;
  }
  @media (pointer: coarse) {
    .about {
      border-radius: 22px;
    }
    .about button {
      width: 44px;
      height: 44px;
    }
  }
`;
