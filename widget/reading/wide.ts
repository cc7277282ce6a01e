import { AnnounceIntent } from '../components/intents.ts';
import { css } from '../styles/css.ts';
import { sheetOf } from '../styles/sheet.ts';
import { wordsFor } from './words.ts';

const COPIED_MS = 2000;

const sheet = sheetOf(css`
  :host {
    display: block;
  }
  .scroller {
    overflow-x: auto;
    overscroll-behavior-x: contain;
  }
  .scroller:focus-visible,
  button:focus-visible {
    outline: 2px solid currentColor;
    outline-offset: -2px;
  }
  button {
    display: block;
    min-height: 28px;
    margin-inline-start: auto;
    padding-inline: 8px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: inherit;
    font: inherit;
    font-size: 13px;
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }
`);

/**
 * A table or code that may be wider than the panel: it scrolls inside itself, and code can be copied. What is its own is
 * in a shadow root, since what stands in it belongs to the stream, which may still be writing it.
 */
class Wide extends HTMLElement {
  // Not made before it stands in the page: while code grows, one is made each frame only to be compared with.
  #scroller!: HTMLElement;
  #sizes!: ResizeObserver;
  #button: HTMLButtonElement | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    if (!this.shadowRoot) this.#build();
    this.#sizes.observe(this.#scroller);
    if (this.firstElementChild) this.#sizes.observe(this.firstElementChild);
  }

  disconnectedCallback(): void {
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
  }

  #build(): void {
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    this.#sizes = new ResizeObserver(() => this.#measured());
    this.#scroller = document.createElement('div');
    this.#scroller.className = 'scroller';
    this.#scroller.append(document.createElement('slot'));
    root.append(this.#scroller);
    if (this.firstElementChild?.localName !== 'pre') return;
    this.#button = document.createElement('button');
    this.#button.textContent = wordsFor(this).copy;
    this.#button.addEventListener('click', () => void this.#copy());
    root.append(this.#button);
  }

  /** A stop for the keyboard, with a name, only where there is something to scroll. */
  #measured(): void {
    const scroller = this.#scroller;
    const words = wordsFor(this);
    const isWide = scroller.scrollWidth > scroller.clientWidth;
    const attributes = {
      tabindex: '0',
      role: 'group',
      'aria-label': this.#button ? words.code : words.table,
    };
    for (const [name, value] of Object.entries(attributes)) {
      if (isWide) scroller.setAttribute(name, value);
      else scroller.removeAttribute(name);
    }
  }

  async #copy(): Promise<void> {
    const words = wordsFor(this);
    let said = words.copied;
    try {
      await navigator.clipboard.writeText(this.textContent);
      this.#button!.textContent = words.copied;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => (this.#button!.textContent = words.copy), COPIED_MS);
    } catch {
      // No permission, or a page without TLS: the shopper's own keys can still copy what is selected.
      getSelection()?.selectAllChildren(this.firstElementChild!);
      said = words.selected;
    }
    this.dispatchEvent(new AnnounceIntent(said));
  }
}

if (!customElements.get('shopclerk-wide')) customElements.define('shopclerk-wide', Wide);
