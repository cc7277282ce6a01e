import { css, html, LitElement } from 'lit';
import { wordsOf } from '../api.ts';
import { base } from '../styles/base.ts';

/**
 * Asks before something that can't be taken back: a modal of the browser's, with what it means in the slot.
 * @slot @fires done once it is over: what was pressed may be gone, and whoever listens says where the keyboard goes on
 */
export class DeskConfirm extends LitElement {
  static override properties = {
    heading: {},
    action: {},
    act: { attribute: false },
    problem: { state: true },
    busy: { state: true },
  };
  static override styles = [
    base,
    css`
      dialog {
        width: min(460px, calc(100vw - 32px));
        padding: 20px;
        border: 1px solid var(--_border);
        border-radius: 16px;
        background: var(--_surface);
        color: var(--_text);
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 40%);
      }
      h2 {
        margin: 0 0 8px;
      }
      .row {
        justify-content: end;
        margin-block-start: 16px;
      }
    `,
  ];
  declare heading: string;
  /** What the button says. */
  declare action: string;
  declare act: () => Promise<void>;
  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.problem = '';
    this.busy = false;
  }

  /** The browser brings the focus back to where it was when it closes. */
  ask(): void {
    this.problem = '';
    this.#dialog.showModal();
  }

  get #dialog(): HTMLDialogElement {
    return this.renderRoot.querySelector('dialog')!;
  }

  override render() {
    return html`<dialog aria-labelledby="heading" aria-describedby="meaning">
      <h2 id="heading">${this.heading}</h2>
      <div id="meaning"><slot></slot></div>
      <p class="alert" role="alert">${this.problem}</p>
      <div class="row">
        <button class="button" @click=${() => this.#dialog.close()}>Cancel</button>
        <button class="button danger" aria-disabled=${String(this.busy)} @click=${this.#act}>${this.action}</button>
      </div>
    </dialog>`;
  }

  readonly #act = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = true;
    try {
      await this.act();
      this.#dialog.close();
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      this.problem = wordsOf(error);
    } finally {
      this.busy = false;
    }
  };
}
customElements.define('desk-confirm', DeskConfirm);

declare global {
  interface HTMLElementTagNameMap {
    'desk-confirm': DeskConfirm;
  }
}
