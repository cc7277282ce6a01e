import { css } from 'lit';

export const appStyles = css`
  .skip {
    position: absolute;
    inset-inline-start: 8px;
    inset-block-start: -60px;
    z-index: 3;
  }
  .skip:focus {
    inset-block-start: 8px;
  }
  nav:popover-open .skip {
    display: none;
  }
  .frame {
    display: grid;
    grid-template-columns: 228px minmax(0, 1fr);
    min-height: 100dvh;
  }
  nav {
    position: sticky;
    inset: 0 auto auto 0;
    display: flex;
    flex-direction: column;
    gap: 4px;
    width: auto;
    height: 100dvh;
    margin: 0;
    padding: 16px 12px;
    overflow-y: auto;
    border: 0;
    border-inline-end: 1px solid var(--_border);
    background: var(--_surface);
    color: inherit;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 2px 8px 10px;
    font-weight: 650;
  }
  .brand img {
    width: 28px;
    height: 28px;
  }
  nav h2 {
    margin: 12px 10px 2px;
    font-size: 12px;
    font-weight: 600;
    color: var(--_muted);
  }
  nav ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  nav a {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 36px;
    padding: 4px 10px;
    border-radius: 9px;
    text-decoration: none;
  }
  nav a:hover {
    background: var(--_raised);
  }
  nav a svg {
    color: var(--_muted);
    flex: none;
  }
  nav a[aria-current] {
    background: var(--_tint);
    font-weight: 600;
  }
  nav a[aria-current] svg {
    color: inherit;
  }
  .who {
    margin-block-start: auto;
    padding: 12px 10px 0;
    border-block-start: 1px solid var(--_border);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .who .button {
    margin-block-start: 8px;
    width: 100%;
  }
  .page {
    min-width: 0;
    padding: 20px clamp(16px, 2.4vw, 36px) 48px;
    max-width: 1480px;
  }
  header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 20px;
    margin-block-end: 18px;
  }
  h1 {
    margin: 0;
    margin-inline-end: auto;
    font-size: 22px;
    outline-offset: 4px;
  }
  h1:focus:not(:focus-visible) {
    outline: none;
  }
  .menu {
    display: none;
  }
  .shop {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  /* As wide as its longest name, which may be 80 characters, but for the page. */
  .shop select {
    min-width: 0;
    max-width: 320px;
  }
  .shop label {
    flex: none;
    font-weight: inherit;
    color: var(--_muted);
  }
  .alone {
    padding: 10vh 16px;
    max-width: 440px;
    margin: auto;
  }

  @media (max-width: 899px) {
    .frame {
      display: block;
    }
    .menu {
      display: inline-flex;
      padding: 0 10px;
    }
    nav:not(:popover-open) {
      display: none;
    }
    nav:popover-open {
      position: fixed;
      width: min(300px, 86vw);
      height: auto;
      inset-block: 0;
      box-shadow: 0 0 40px rgb(0 0 0 / 25%);
    }
    nav::backdrop {
      background: rgb(0 0 0 / 35%);
    }
    nav a {
      min-height: 44px;
    }
    .page {
      padding-block-start: 12px;
    }
  }
`;
