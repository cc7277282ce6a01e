import { css } from '../styles/css.ts';

export const failureStyles = css`
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 10px;
    padding-block: 8px;
    padding-inline: 12px 8px;
    border-radius: calc(var(--_radius) * 0.75);
    border: 1px solid light-dark(#efd3cd, #5a3631);
    background: light-dark(#fdf5f3, #2e211f);
    font-size: 14px;
  }
  .failure svg {
    color: var(--_alert);
  }
  .failure p {
    flex: 1 1 150px;
    margin: 0;
  }
  .failure button {
    min-height: 36px;
    padding: 4px 14px;
    border-radius: 18px;
    border: 1px solid var(--_border);
    background: var(--_surface);
    font-weight: 600;
  }
  .failure button:hover {
    border-color: var(--_muted);
  }
`;
