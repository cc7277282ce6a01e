import { html, nothing } from 'lit';
import type { Account } from '../../proxy/protocol/admin/index.ts';
import { when } from '../format.ts';

interface TableOptions {
  shops: (account: Account) => void;
  reset: (account: Account) => void;
  remove: (account: Account) => void;
}

const STATUS: Record<Account['status'], string> = { invited: 'Invited', active: 'Active', locked: 'Locked for now' };

export function accountTable(accounts: readonly Account[], options: TableOptions) {
  return html`<div class="table stacks" tabindex="0" role="region" aria-label="Accounts">
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
        ${accounts.map((account) => row(account, options))}
      </tbody>
    </table>
  </div>`;
}

function row(account: Account, { shops, reset, remove }: TableOptions) {
  const { email, status, invitation_expires_at: until, last_login_at: last } = account;
  return html`<tr>
    <th scope="row" class="long">${email}</th>
    <td>${account.shops.join(', ')}</td>
    <td>${STATUS[status]}${until ? html`<br /><span class="hint">until ${when(until)}</span>` : nothing}</td>
    <td data-label="Last login">${last ? when(last) : 'never'}</td>
    <td>
      <div class="row">
        <button class="button" aria-label="Change the shops of ${email}" @click=${() => shops(account)}>Shops</button>
        <button class="button" aria-label="Invite anew: ${email}" @click=${() => reset(account)}>Invite anew</button>
        <button class="button danger" aria-label="Remove ${email}" @click=${() => remove(account)}>Remove</button>
      </div>
    </td>
  </tr>`;
}
