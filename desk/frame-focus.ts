import type { LitElement } from 'lit';

/** Where the keyboard is after the view has changed. */
export class FrameFocus {
  readonly #host: LitElement;

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

  /** Past the rail. A button does it, no link: the address's fragment belongs to the views. */
  readonly skip = (): void => {
    this.#host.renderRoot.querySelector<HTMLElement>('h1')?.focus();
  };
}
