import type { ReactiveControllerHost } from 'lit';
import { FocusController, type FocusOptions } from './focus-controller.ts';
import { ViewportController } from './viewport-controller.ts';

export interface DialogHost extends ReactiveControllerHost {
  /** Whether the panel shall be open. */
  readonly opened: boolean;
  close(): Promise<void>;
}

/** Opens and closes the panel as the browser's own dialog, and moves the focus in and out with it. */
export class DialogController {
  readonly focus: FocusController;
  readonly #host: DialogHost;
  readonly #panel: () => HTMLElement | null;
  readonly #viewport: ViewportController;

  constructor(host: DialogHost, options: FocusOptions) {
    this.#host = host;
    this.#panel = options.panel;
    this.#viewport = new ViewportController(host, options.panel);
    this.focus = new FocusController(host, options);
  }

  /** The system closed it: Android's back gesture closes a modal dialog. */
  readonly onClose = (event: Event): void => {
    if (this.#host.opened && !(event.target as HTMLDialogElement).open) void this.#host.close();
  };

  /** A modal dialog on a phone, where it covers the page anyway; else one that leaves the page usable. */
  sync(): void {
    const panel = this.#panel();
    if (!(panel instanceof HTMLDialogElement) || !panel.isConnected) return;
    const { opened } = this.#host;
    const modal = this.#viewport.phone;
    if (panel.open && !opened) {
      const giveBack = this.focus.leave();
      panel.close();
      giveBack();
    } else if (opened && (!panel.open || panel.matches(':modal') !== modal)) {
      panel.close();
      if (modal) panel.showModal();
      // Not show(): that would move the focus even when the page opened the panel by itself.
      else panel.setAttribute('open', '');
    }
    if (opened) this.focus.enter();
  }
}
