import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface FocusOptions {
  panel: () => HTMLElement | null;
  /** Gets the focus when the panel opens. */
  entrance: () => HTMLElement | null;
  /** Gets it back when the panel closes and whoever opened it is gone. */
  home: () => HTMLElement;
}

/** Moves the focus with the shopper's own acts, and never otherwise. */
export class FocusController implements ReactiveController {
  readonly #options: FocusOptions;
  #cameFrom: HTMLElement | null = null;
  #entering = false;

  constructor(host: ReactiveControllerHost, options: FocusOptions) {
    this.#options = options;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#cameFrom = null;
    this.#entering = false;
  }

  /** The shopper asked for the panel: when it is there, it gets the focus. `opener` gets it back in the end. */
  request(opener: HTMLElement | null): void {
    this.#cameFrom = opener;
    this.#entering = true;
  }

  /** The panel is on the screen. */
  enter(): void {
    if (!this.#entering) return;
    this.#entering = false;
    this.#options.entrance()?.focus();
  }

  /** Call before the panel is hidden; call what it returns afterwards. A focus that was elsewhere stays there. */
  leave(): () => void {
    const panel = this.#options.panel();
    const root = panel?.getRootNode() as ShadowRoot | undefined;
    const inside = panel?.contains(root?.activeElement ?? null) ?? false;
    const back = this.#cameFrom?.isConnected ? this.#cameFrom : this.#options.home();
    this.#cameFrom = null;
    return () => {
      if (inside) back.focus({ preventScroll: true });
    };
  }
}
