import { wordsFor } from './words.ts';

/** The box of a task. It shows a character, which not every screen reader knows: this says what it means. */
class Task extends HTMLElement {
  readonly #internals = this.attachInternals();

  connectedCallback(): void {
    const words = wordsFor(this);
    this.#internals.role = 'img';
    this.#internals.ariaLabel = this.textContent.startsWith('☑') ? words.done : words.notDone;
  }
}

if (!customElements.get('shopclerk-task')) customElements.define('shopclerk-task', Task);
