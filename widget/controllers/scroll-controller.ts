import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface ScrollControllerOptions {
  /** The element that scrolls; its first child is what grows. Null while it isn't drawn. */
  scroller: () => HTMLElement | null;
  /** Key of the shopper's last message: a new one brings the list to its end. */
  lastOwnMessage?: () => string | null;
}

/** A reader who is no further from the end than this, in CSS pixels, follows what comes. */
const NEAR = 48;

/**
 * Keeps the end of a message list in view for a reader who is there, and leaves everybody else alone: whoever scrolled
 * up to read, is selecting text or fills in a form stays where they are.
 */
export class ScrollController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #options: ScrollControllerOptions;
  #scroller: HTMLElement | null = null;
  #listeners = new AbortController();
  #sizes: ResizeObserver | null = null;
  #top = 0;
  #atBottom = true;
  #selectingHere = false;
  #lastOwn: string | null = null;

  constructor(host: ReactiveControllerHost, options: ScrollControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Does the list follow its end? While not, a "jump to latest" button has a use. */
  get atBottom(): boolean {
    return this.#atBottom;
  }

  /** Goes to the end and follows it from there. */
  scrollToBottom(): void {
    this.#selectingHere = false;
    this.#setAtBottom(true);
    this.#follow();
  }

  /** The next update attaches to the scroller; after a move within the page there would be none. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  /** Before the host draws, so that what it draws of `atBottom` is right at once. */
  hostUpdate(): void {
    const own = this.#options.lastOwnMessage?.() ?? null;
    if (own !== null && own !== this.#lastOwn) {
      this.#selectingHere = false;
      this.#atBottom = true;
    }
    this.#lastOwn = own;
  }

  hostUpdated(): void {
    const scroller = this.#options.scroller();
    if (scroller !== this.#scroller) this.#attach(scroller);
    this.#follow();
  }

  hostDisconnected(): void {
    this.#attach(null);
  }

  #attach(scroller: HTMLElement | null): void {
    this.#listeners.abort();
    this.#sizes?.disconnect();
    this.#scroller = scroller;
    this.#sizes = null;
    if (!scroller) return;
    this.#listeners = new AbortController();
    const { signal } = this.#listeners;
    scroller.addEventListener('scroll', () => this.#scrolled(scroller), { passive: true, signal });
    // A selection begins where the pointer went down; the next one elsewhere ends it.
    const pressed = (event: Event): boolean => (this.#selectingHere = event.composedPath().includes(scroller));
    document.addEventListener('pointerdown', pressed, { capture: true, passive: true, signal });
    this.#sizes = new ResizeObserver(() => this.#follow());
    this.#sizes.observe(scroller);
    const content = scroller.firstElementChild;
    if (content) this.#sizes.observe(content);
  }

  #scrolled(scroller: HTMLElement): void {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const isNear = scrollHeight - clientHeight - scrollTop <= NEAR;
    // Content that grew after our last step leaves the end far away too; only a reader scrolls up.
    const scrolledUp = scrollTop < this.#top;
    this.#top = scrollTop;
    if (isNear) this.#setAtBottom(true);
    else if (scrolledUp) this.#setAtBottom(false);
  }

  #follow(): void {
    const scroller = this.#scroller;
    if (!scroller || !this.#atBottom || this.#isSelecting()) return;
    // Who fills in a form stays at the field.
    if (scroller.querySelector('form:focus-within')) return;
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' });
    this.#top = scroller.scrollTop;
  }

  /** Only the selection's text is seen through shadow roots in every browser; where it began is known from the pointer. */
  #isSelecting(): boolean {
    return this.#selectingHere && String(document.getSelection()) !== '';
  }

  #setAtBottom(atBottom: boolean): void {
    if (atBottom === this.#atBottom) return;
    this.#atBottom = atBottom;
    this.#host.requestUpdate();
  }
}
