import { css, html, LitElement, nothing } from 'lit';
import { Attempt } from '../attempt.ts';
import { base } from '../styles/base.ts';
import { tableStyles } from '../styles/table.ts';
import type { TextName } from './text-names.ts';

/** @summary The names of the widget's texts, to look up which one to write anew. */
export class DeskOwnTexts extends LitElement {
  static override properties = { names: { state: true } };
  static override styles = [
    base,
    tableStyles,
    css`
      .table {
        max-height: 320px;
        margin-block-start: 8px;
      }
      code {
        overflow-wrap: anywhere;
      }
    `,
  ];
  readonly #attempt = new Attempt(this);
  declare names: readonly TextName[];

  constructor() {
    super();
    this.names = [];
  }

  override render() {
    return html`<details @toggle=${this.#load}>
      <summary>The names, and what stands there now</summary>
      ${this.#attempt.render()}
      ${
        this.names.length > 0
          ? html`<div class="table" tabindex="0" role="region" aria-label="Names of the texts">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Name</th>
                    <th scope="col">In English</th>
                  </tr>
                </thead>
                <tbody>
                  ${this.names.map(
                    ({ name, text }) =>
                      html`<tr>
                      <th scope="row"><code>${name}</code></th>
                      <td>${text}</td>
                    </tr>`,
                  )}
                </tbody>
              </table>
            </div>
            <p class="hint">
              Keep what stands in braces: it is filled in. Where it says {n}, each plural may have a line of its own, such as
              left.one and left.other.
            </p>`
          : nothing
      }
    </details>`;
  }

  readonly #load = async (): Promise<void> => {
    if (this.names.length > 0) return;
    await this.#attempt.run(async () => {
      const { textNames } = await import('./text-names.ts');
      // One that says nothing has nothing to be written anew.
      this.names = textNames().filter(({ text }) => text !== '');
    });
  };
}
customElements.define('desk-own-texts', DeskOwnTexts);

declare global {
  interface HTMLElementTagNameMap {
    'desk-own-texts': DeskOwnTexts;
  }
}
