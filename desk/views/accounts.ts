import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Account, Accounts, InvitedAccount } from '../../proxy/protocol/admin/index.ts';
import { changeShops, invitationSheet, newAccount, passwordForm } from '../accounts/forms.ts';
import '../accounts/logins.ts';
import { accountTable } from '../accounts/table.ts';
import { Attempt } from '../attempt.ts';
import '../components/confirm.ts';
import '../components/empty.ts';
import { formValues } from '../form.ts';
import { Loader } from '../loader.ts';
import { tableStyles } from '../styles/table.ts';
import { DeskView } from '../view.ts';

/** @summary Who may open the desk, and who has it open. */
export class DeskAccounts extends DeskView {
  static override properties = {
    ...DeskView.properties,
    invited: { state: true },
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
      @media (min-width: 600px) {
        td .row {
          flex-wrap: nowrap;
          justify-content: end;
        }
      }
    `,
  ];
  readonly #accounts = new Loader<Accounts>(this, (words) => this.context.say(words));
  readonly #attempt = new Attempt(this);
  declare invited: InvitedAccount | null;
  declare removing: Account | null;
  /** Whose shops are being chosen. */
  declare changing: Account | null;

  constructor() {
    super();
    this.invited = null;
    this.removing = null;
    this.changing = null;
  }

  get #isOperator(): boolean {
    return this.context.session.role === 'operator';
  }

  /** Whom to invite, and whose shops are being chosen. Passwords wait for nobody. */
  override get begun(): boolean {
    const email = this.renderRoot.querySelector<HTMLInputElement>('input[name=email]');
    const shops = this.renderRoot.querySelectorAll('form input[name=shops]:checked');
    return this.changing !== null || Boolean(email?.value.trim()) || shops.length > 0;
  }

  override willUpdate(): void {
    if (this.#isOperator) this.#accounts.ask(['accounts'], (signal) => this.api.ask('/accounts', { signal }));
  }

  override render() {
    return html`<div class="stack">
      ${this.#attempt.render()}
      ${this.invited ? invitationSheet(this.invited, this.#copied) : nothing}
      ${
        this.#isOperator
          ? html`${this.#accounts.render(({ accounts }) => this.#list(accounts))}
            ${this.changing ? keyed(this.changing.account_id, changeShops(this.changing, this.context.shops, this.#change, this.#stopChanging)) : newAccount(this.context.shops, this.#add)}`
          : passwordForm(this.#changePassword)
      }
      <desk-logins .api=${this.api} .say=${this.context.say}></desk-logins>
      <desk-confirm
        heading="Remove ${this.removing?.email ?? ''}?"
        action="Remove the account"
        .act=${this.#remove}
        @done=${() => this.renderRoot.querySelector<HTMLElement>('.table')?.focus({ preventScroll: true })}
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
    return accountTable(accounts, {
      shops: (account) => void this.#startChanging(account),
      reset: (account) => void this.#reset(account),
      remove: (account) => void this.#askToRemove(account),
    });
  }

  readonly #add = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const { email = '' } = formValues(event);
    const shops = this.#chosen(form);
    if (!shops) return;
    void this.#attempt.run(async () => {
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
    void this.#attempt.run(async () => {
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
    this.#attempt.say(shops.length === 0 ? 'Choose one shop at least.' : '');
    return shops.length > 0 ? shops : undefined;
  }

  async #reset({ account_id: id }: Account): Promise<void> {
    await this.#attempt.run(async () => {
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

  readonly #changePassword = (event: SubmitEvent): void => {
    const form = event.target as HTMLFormElement;
    const body = formValues(event);
    void this.#attempt.run(async () => {
      const { csrf_token: csrf } = await this.api.ask<{ csrf_token: string | null }>('/password', {
        method: 'PUT',
        body,
      });
      this.api.csrf = csrf;
      form.reset();
      this.renderRoot.querySelector('desk-logins')?.again();
      this.context.say('The password is changed; all other logins are ended.');
    });
  };

  readonly #copied = (words: string): void => this.context.say(words);
}
customElements.define('desk-accounts', DeskAccounts);
