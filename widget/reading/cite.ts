import { css } from '../styles/css.ts';
import { citationsOf } from '../state/citations.ts';
import { sheetOf } from '../styles/sheet.ts';
import { wordsFor } from './words.ts';

const sheet = sheetOf(css`
  button {
    min-width: 24px;
    min-height: 24px;
    margin: -4px -3px;
    padding: 4px;
    border: 0;
    border-radius: 12px;
    /* A small round mark in the middle of what can be pressed. */
    background: var(--_tint) content-box;
    color: inherit;
    font: inherit;
    font-size: 11px;
    line-height: 16px;
    vertical-align: super;
    cursor: pointer;
  }
  button:focus-visible {
    outline: 2px solid currentColor;
  }
`);

/** The mark of a source in an answer. Nothing shows for a number that nobody gave a source. */
class Cite extends HTMLElement {
  static observedAttributes = ['n'];

  connectedCallback(): void {
    this.#draw();
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw();
  }

  #draw(): void {
    const view = this.closest('shopclerk-message');
    const number = Number(this.getAttribute('n'));
    const source = view && citationsOf(view.message).find((citation) => citation.number === number);
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren();
    if (!source) return;
    const button = document.createElement('button');
    button.textContent = `${number}`;
    button.setAttribute('aria-label', wordsFor(this).source(number, source.title));
    button.addEventListener('click', () => view.querySelector('shopclerk-sources')?.reveal(number));
    const mark = document.createElement('sup');
    mark.style.verticalAlign = 'baseline';
    mark.append(button);
    root.append(mark);
  }
}

if (!customElements.get('shopclerk-cite')) customElements.define('shopclerk-cite', Cite);
