import type { LitElement } from 'lit';

/** Where the keyboard is after the view has changed. */
export class FrameFocus {
  readonly #host: LitElement;
  #kept: Element | null = null;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Of a new page: its title, from which a reader goes on. */
  heading(): void {
    const root = this.#host.renderRoot;
    const rail = root.querySelector<HTMLElement>('#rail');
    if (rail?.matches(':popover-open')) rail.hidePopover();
    root.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  /** Before the login hides the page. */
  keep(): void {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    this.#kept = at;
  }

  /** After it: where it was; at the title where that is gone, and for who begins. */
  back(): void {
    const kept = this.#kept;
    this.#kept = null;
    const host = this.#host.renderRoot;
    const there = kept instanceof HTMLElement && kept.isConnected && kept !== document.body ? kept : null;
    (there ?? host.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: there === null });
  }

  /** Past the rail. A button does it, no link: the address's fragment belongs to the views. */
  readonly skip = (): void => {
    this.#host.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  };
}
