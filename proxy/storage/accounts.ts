import type { Database } from 'better-sqlite3';
import type { AccountRow, DeskStorage } from './types/desk.ts';

interface Row {
  id: string;
  email: string;
  shops: string;
  password: string | null;
  invitation: string | null;
  invitation_expires_at: number | null;
  created_at: number;
  last_login_at: number | null;
}

type Verbs =
  | 'addAccount'
  | 'accounts'
  | 'account'
  | 'changeAccount'
  | 'replacePassword'
  | 'acceptInvitation'
  | 'removeAccount';

export function createAccounts(db: Database): Pick<DeskStorage, Verbs> {
  const insert = db.prepare(
    `INSERT INTO admin_accounts (id, email, shops, password, invitation, invitation_expires_at, created_at, last_login_at)
     VALUES (@id, @email, @shops, @password, @invitation, @invitationExpiresAt, @createdAt, @lastLoginAt)
     ON CONFLICT (email) DO NOTHING`,
  );
  const all = db.prepare<[], Row>('SELECT * FROM admin_accounts ORDER BY email');
  const byId = db.prepare<[string], Row>('SELECT * FROM admin_accounts WHERE id = ?');
  const byEmail = db.prepare<[string], Row>('SELECT * FROM admin_accounts WHERE email = ?');
  const update = db.prepare(
    `UPDATE admin_accounts SET shops = @shops, password = @password, invitation = @invitation,
       invitation_expires_at = @invitationExpiresAt, last_login_at = @lastLoginAt WHERE id = @id`,
  );
  const replace = db.prepare<[string, string, string]>(
    'UPDATE admin_accounts SET password = ? WHERE id = ? AND password = ?',
  );
  const invited = db.prepare<[string, number], Row>(
    'SELECT * FROM admin_accounts WHERE invitation = ? AND invitation_expires_at > ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM admin_accounts WHERE id = ?');

  const write = (row: AccountRow) => update.run({ ...row, shops: JSON.stringify(row.shops) });

  const change = db.transaction((id: string, changes: Partial<AccountRow>): boolean => {
    const row = byId.get(id);
    if (!row) return false;
    write({ ...accountOf(row), ...changes });
    return true;
  });

  const accept = db.transaction((invitation: string, now: number, password?: string): AccountRow | undefined => {
    const row = invited.get(invitation, now);
    if (!row || password === undefined) return row && accountOf(row);
    const account = { ...accountOf(row), password, invitation: null, invitationExpiresAt: null };
    write(account);
    return account;
  });

  return {
    async addAccount(account) {
      return insert.run({ ...account, shops: JSON.stringify(account.shops) }).changes === 1;
    },
    async accounts() {
      return all.all().map(accountOf);
    },
    async account(by) {
      const row = 'id' in by ? byId.get(by.id) : byEmail.get(by.email);
      return row && accountOf(row);
    },
    async changeAccount(id, changes) {
      return change.immediate(id, changes);
    },
    async replacePassword(id, from, to) {
      return replace.run(to, id, from).changes === 1;
    },
    async acceptInvitation(invitation, now, password) {
      return accept.immediate(invitation, now, password);
    },
    async removeAccount(id) {
      return remove.run(id).changes === 1;
    },
  };
}

function accountOf(row: Row): AccountRow {
  return {
    id: row.id,
    email: row.email,
    shops: JSON.parse(row.shops) as string[],
    password: row.password,
    invitation: row.invitation,
    invitationExpiresAt: row.invitation_expires_at,
    createdAt: row.created_at,
    lastLoginAt: row.last_login_at,
  };
}
