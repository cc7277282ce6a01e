import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type {
  Account,
  Accounts,
  DeskSessions,
  DeskSessionSummary,
  InvitedAccount,
} from '../../proxy/protocol/admin/index.ts';
import { wordsOf } from '../api.ts';
import '../components/confirm.ts';
import '../components/empty.ts';
import { formValues } from '../form.ts';
import { when } from '../format.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';
import { changeShops, invitationSheet, newAccount, passwordForm } from './account-forms.ts';

const STATUS: Record<Account['status'], string> = { invited: 'Invited', active: 'Active', locked: 'Locked for now' };

/** @summary Who may open the desk, and who has it open. */
export class DeskAccounts extends DeskView {
  static override properties = {
    ...DeskView.properties,
    invited: { state: true },
    problem: { state: true },
    removing: { state: true },
    changing: { state: true },
  };
  static override styles = [
    ...DeskView.styles,
    tableStyles,
    css`
      h2 {
        margin: 0 0 8px;
      }
      form {
        display: grid;
        gap: 12px;
        max-width: 520px;
      }
      form .button {
        justify-self: start;
      }
      .shops {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
      }
      .shops label {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 28px;
        font-weight: 400;
      }
      code {
        overflow-wrap: anywhere;
      }
      td .row {
        flex-wrap: nowrap;
        justify-content: end;
      }
    `,
  ];
  readonly #sessions = new Loader<DeskSessions>(this, (words) => this.context.say(words));
  readonly #accounts = new Loader<Accounts>(this, (words) => this.context.say(words));
  declare invited: InvitedAccount | null;
  declare problem: string;
  declare removing: Account | null;
  /** Whose shops are being chosen. */
  declare changing: Account | null;

  constructor() {
    super();
    this.invited = null;
    this.problem = '';
    this.removing = null;
    this.changing = null;
  }

  get #isOperator(): boolean {
    return this.context.session.role === 'operator';
  }

  override willUpdate(): void {
    this.#sessions.ask(['sessions'], (signal) => this.api.ask('/sessions', { signal }));
    if (this.#isOperator) this.#accounts.ask(['accounts'], (signal) => this.api.ask('/accounts', { signal }));
  }

  override render() {
    return html`<div class="stack">
      ${this.problem ? html`<p class="alert" role="alert">${this.problem}</p>` : nothing}
      ${this.invited ? invitationSheet(this.invited, this.#copied) : nothing}
      ${
        this.#isOperator
          ? html`${this.#accounts.render(({ accounts }) => this.#list(accounts))}
            ${this.changing ? keyed(this.changing.account_id, changeShops(this.changing, this.context.shops, this.#change, this.#stopChanging)) : newAccount(this.context.shops, this.#add)}`
          : passwordForm(this.#changePassword)
      }
      ${this.#sessions.render(({ sessions }) => this.#open(sessions), { lines: 3 })}
      <desk-confirm
        heading="Remove ${this.removing?.email ?? ''}?"
        action="Remove the account"
        .act=${this.#remove}
      >
        Whoever has it open is logged out at once. What they did stays in the log of changes.
      </desk-confirm>
    </div>`;
  }

  #list(accounts: readonly Account[]) {
    if (accounts.length === 0) {
      return html`<desk-empty heading="No accounts yet">
        Invite the people of a shop below: each sees their own shops only, and sets a password of their own.
      </desk-empty>`;
    }
    return html`<div class="table" tabindex="0" role="region" aria-label="Accounts">
      <table>
        <thead>
          <tr>
            <th scope="col">E-mail</th>
            <th scope="col">Shops</th>
            <th scope="col">State</th>
            <th scope="col">Last login</th>
            <th scope="col"><span class="unseen">Change</span></th>
          </tr>
        </thead>
        <tbody>
          ${accounts.map(
            (account) => html`<tr>
              <th scope="row">${account.email}</th>
              <td>${account.shops.join(', ')}</td>
              <td>${STATUS[account.status]}${account.invitation_expires_at ? html`<br /><span class="hint">until ${when(account.invitation_expires_at)}</span>` : nothing}</td>
              <td>${account.last_login_at ? when(account.last_login_at) : 'never'}</td>
              <td>
                <div class="row">
                  <button class="button" aria-label="Change the shops of ${account.email}" @click=${() => void this.#startChanging(account)}>Shops</button>
                  <button class="button" aria-label="Invite ${account.email} anew" @click=${() => void this.#reset(account)}>Invite anew</button>
                  <button class="button danger" aria-label="Remove ${account.email}" @click=${() => void this.#askToRemove(account)}>Remove</button>
                </div>
              </td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #open(sessions: readonly DeskSessionSummary[]) {
    return html`<section>
      <h2>Open logins</h2>
      <div class="table" tabindex="0" role="region" aria-label="Open logins">
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
            ${sessions.map(
              (one) => html`<tr>
                <th scope="row">${one.email ?? 'Operator'}</th>
                <td class="long">${one.user_agent}</td>
                <td>${when(one.seen_at)}</td>
                <td>${when(one.expires_at)}</td>
                <td class="number">
                  ${
                    one.current
                      ? html`<span class="tag good">This one</span>`
                      : html`<button class="button" aria-label="End the login of ${one.email ?? 'the operator'}" @click=${() => void this.#end(one)}>End</button>`
                  }
                </td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  readonly #add = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const { email = '' } = formValues(event);
    const shops = this.#chosen(form);
    if (!shops) return;
    void this.#try(async () => {
      this.invited = await this.api.ask('/accounts', { method: 'POST', body: { email, shops } });
      form.reset();
      this.#accounts.again();
      this.context.say('The account is added. Hand on its link.');
    });
  };

  async #startChanging(account: Account): Promise<void> {
    this.changing = account;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h2[tabindex]')?.focus();
  }

  readonly #stopChanging = (): void => void this.#leaveChange();

  /** The keyboard goes back to the button that it came from. */
  async #leaveChange(): Promise<void> {
    const email = this.changing?.email ?? '';
    this.changing = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`[aria-label="Change the shops of ${CSS.escape(email)}"]`)?.focus();
  }

  readonly #change = (event: SubmitEvent): void => {
    event.preventDefault();
    const shops = this.#chosen(event.target as HTMLFormElement);
    const account = this.changing;
    if (!shops || !account) return;
    void this.#try(async () => {
      const path = `/accounts/${encodeURIComponent(account.account_id)}`;
      await this.api.ask(path, { method: 'PATCH', body: { shops } });
      this.#accounts.again();
      this.context.say(`${account.email} sees these shops from now on.`);
      await this.#leaveChange();
    });
  };

  /** @returns undefined, and says so, where none is */
  #chosen(form: HTMLFormElement): FormDataEntryValue[] | undefined {
    const shops = new FormData(form).getAll('shops');
    this.problem = shops.length === 0 ? 'Choose one shop at least.' : '';
    return shops.length > 0 ? shops : undefined;
  }

  async #reset({ account_id: id }: Account): Promise<void> {
    await this.#try(async () => {
      this.invited = await this.api.ask(`/accounts/${encodeURIComponent(id)}/reset`, { method: 'POST' });
      this.#accounts.again();
      this.context.say('The password is taken away. Hand on the new link.');
    });
  }

  async #askToRemove(account: Account): Promise<void> {
    this.removing = account;
    await this.updateComplete;
    this.renderRoot.querySelector('desk-confirm')?.ask();
  }

  readonly #remove = async (): Promise<void> => {
    if (!this.removing) return;
    await this.api.ask(`/accounts/${encodeURIComponent(this.removing.account_id)}`, { method: 'DELETE' });
    this.#accounts.again();
    this.context.say('The account is removed.');
  };

  async #end({ session_id: id }: DeskSessionSummary): Promise<void> {
    await this.#try(async () => {
      await this.api.ask(`/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
      this.#sessions.again();
      this.context.say('The login is ended.');
    });
  }

  readonly #changePassword = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const body = formValues(event);
    void this.#try(async () => {
      const { csrf_token: csrf } = await this.api.ask<{ csrf_token: string | null }>('/password', {
        method: 'PUT',
        body,
      });
      this.api.csrf = csrf;
      form.reset();
      this.#sessions.again();
      this.context.say('The password is changed; all other logins are ended.');
    });
  };

  readonly #copied = (words: string): void => this.context.say(words);

  async #try(act: () => Promise<void>): Promise<void> {
    this.problem = '';
    try {
      await act();
    } catch (error) {
      this.problem = wordsOf(error);
    }
  }
}
customElements.define('desk-accounts', DeskAccounts);
