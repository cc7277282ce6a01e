import { css, html, LitElement } from 'lit';
import type { DeskSessions, DeskSessionSummary } from '../../proxy/protocol/admin/index.ts';
import type { Api } from '../api.ts';
import { Attempt } from '../attempt.ts';
import { when } from '../format.ts';
import { Loader } from '../loader.ts';
import { base } from '../styles/base.ts';
import { tableStyles } from '../styles/table.ts';
import { browserOf } from './browser-of.ts';

/** @summary Who has the desk open now, and a way to end it. */
export class DeskLogins extends LitElement {
  static override properties = { api: { attribute: false }, say: { attribute: false } };
  static override styles = [
    base,
    tableStyles,
    css`
      h2 {
        margin: 0 0 8px;
      }
    `,
  ];
  readonly #loader = new Loader<DeskSessions>(this, (words) => this.say(words));
  readonly #attempt = new Attempt(this);
  declare api: Api;
  declare say: (words: string) => void;

  override willUpdate(): void {
    this.#loader.ask(['sessions'], (signal) => this.api.ask('/sessions', { signal }));
  }

  /** As after a password that ended some. */
  again(): void {
    this.#loader.again();
  }

  override render() {
    return html`${this.#attempt.render()} ${this.#loader.render(({ sessions }) => this.#list(sessions), { lines: 3 })}`;
  }

  #list(sessions: readonly DeskSessionSummary[]) {
    return html`<section>
      <h2>Open logins</h2>
      <div class="table stacks" tabindex="0" role="region" aria-label="Open logins">
        <table>
          <thead>
            <tr>
              <th scope="col">Who</th>
              <th scope="col">Browser</th>
              <th scope="col">Last seen</th>
              <th scope="col">Ends</th>
              <th scope="col"><span class="unseen">End</span></th>
            </tr>
          </thead>
          <tbody>
            ${sessions.map((one) => this.#row(one))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #row(one: DeskSessionSummary) {
    const { email, user_agent: agent, seen_at: seen, expires_at: ends, current } = one;
    return html`<tr>
      <th scope="row">${email ?? 'Operator'}</th>
      <td title=${agent}>${browserOf(agent)}</td>
      <td data-label="Seen">${when(seen)}</td>
      <td data-label="Ends">${when(ends)}</td>
      <td class="number">
        ${
          current
            ? html`<span class="tag good">This one</span>`
            : html`<button class="button" aria-label="End the login of ${email ?? 'the operator'}" @click=${() => void this.#end(one)}>End</button>`
        }
      </td>
    </tr>`;
  }

  async #end({ session_id: id }: DeskSessionSummary): Promise<void> {
    await this.#attempt.run(async () => {
      await this.api.ask(`/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
      this.#loader.again();
      this.say('The login is ended.');
    });
  }
}
customElements.define('desk-logins', DeskLogins);

declare global {
  interface HTMLElementTagNameMap {
    'desk-logins': DeskLogins;
  }
}
