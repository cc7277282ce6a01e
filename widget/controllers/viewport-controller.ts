import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Up to this width the panel takes the whole screen. */
const PHONE = '(max-width: 480px)';

/**
 * What is visible of the window. A phone's keyboard covers the layout viewport without changing it; only the visual
 * viewport tells how much is left, so the panel gets its place from there and its input is never under the keys.
 */
export class ViewportController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #panel: () => HTMLElement | null;
  readonly #phone = matchMedia(PHONE);

  constructor(host: ReactiveControllerHost, panel: () => HTMLElement | null) {
    this.#host = host;
    this.#panel = panel;
    host.addController(this);
  }

  get phone(): boolean {
    return this.#phone.matches;
  }

  hostConnected(): void {
    this.#phone.addEventListener('change', this.#changed);
    visualViewport?.addEventListener('resize', this.#place);
    visualViewport?.addEventListener('scroll', this.#place);
  }

  hostDisconnected(): void {
    this.#phone.removeEventListener('change', this.#changed);
    visualViewport?.removeEventListener('resize', this.#place);
    visualViewport?.removeEventListener('scroll', this.#place);
  }

  hostUpdated(): void {
    this.#place();
  }

  #changed = (): void => this.#host.requestUpdate();

  #place = (): void => {
    const style = this.#panel()?.style;
    if (!style || !visualViewport) return;
    style.setProperty('--_visible-top', `${visualViewport.offsetTop}px`);
    style.setProperty('--_visible-height', `${visualViewport.height}px`);
  };
}
