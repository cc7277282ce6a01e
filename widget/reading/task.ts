import { css } from '../styles/css.ts';
import { dress, sheetOf } from '../styles/sheet.ts';
import { wordsFor } from './words.ts';

/** In the bullet's place. */
const sheet = sheetOf(css`
  shopclerk-task {
    position: absolute;
    margin-inline-start: -22px;
  }
  li:has(> shopclerk-task) {
    list-style: none;
  }
`);

/** The box of a task. It shows a character, which not every screen reader knows: this says what it means. */
class Task extends HTMLElement {
  readonly #internals = this.attachInternals();

  connectedCallback(): void {
    dress(this, sheet);
    const words = wordsFor(this);
    this.#internals.role = 'img';
    this.#internals.ariaLabel = this.textContent.startsWith('☑') ? words.done : words.notDone;
  }
}

if (!customElements.get('shopclerk-task')) customElements.define('shopclerk-task', Task);
