import { ChatError } from '../errors.ts';
import type { AccountRow, DeskStorage } from '../storage/types.ts';
import { accountKey, ATTEMPTS } from './attempts.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { createSecret, hashOf } from './secrets.ts';
import type { Accounts, Audit, DeskAccount, Invitation } from './types.ts';

const INVITATION_MS = 72 * 60 * 60_000;

export interface AccountsDeps {
  storage: DeskStorage;
  passwords: Passwords;
  audit: Audit;
  createId: () => string;
  now: () => number;
}

export function createAccounts({ storage, passwords, audit, createId, now }: AccountsDeps): Accounts {
  function invite() {
    const secret = createSecret();
    const expiresAt = now() + INVITATION_MS;
    return { secret, expiresAt, columns: { invitation: hashOf(secret), invitationExpiresAt: expiresAt } };
  }

  async function shown(row: AccountRow): Promise<DeskAccount> {
    const full = await storage.fullAttempts([accountKey(row.email)], ATTEMPTS.perAccount, now());
    const { id, email, shops, createdAt, lastLoginAt } = row;
    const status = row.password === null ? 'invited' : full.length > 0 ? 'locked' : 'active';
    const open = row.invitationExpiresAt !== null && row.invitationExpiresAt > now();
    return {
      id,
      email,
      shops,
      status,
      createdAt,
      lastLoginAt,
      invitationExpiresAt: open ? row.invitationExpiresAt : null,
    };
  }

  async function found(id: string): Promise<AccountRow | undefined> {
    return storage.account({ id });
  }

  return {
    async list() {
      return Promise.all((await storage.accounts()).map(shown));
    },
    async add(who, { email: given, shops }): Promise<Invitation> {
      const email = emailOf(given);
      const { secret, expiresAt, columns } = invite();
      const row = {
        id: createId(),
        email,
        shops: [...shops],
        password: null,
        createdAt: now(),
        lastLoginAt: null,
        ...columns,
      };
      if (!(await storage.addAccount(row))) {
        throw new ChatError('invalid_request', `There is an account of ${email} already.`);
      }
      await audit.note(who, { action: 'account.added', subject: email, after: { shops } });
      return { account: await shown(row), secret, expiresAt };
    },
    async change(who, id, { shops }) {
      const before = await found(id);
      if (!before || !(await storage.changeAccount(id, { shops: [...shops] }))) return undefined;
      const states = { before: { shops: before.shops }, after: { shops } };
      await audit.note(who, { action: 'account.changed', subject: before.email, ...states });
      return shown({ ...before, shops: [...shops] });
    },
    async reset(who, id) {
      const before = await found(id);
      const { secret, expiresAt, columns } = invite();
      if (!before || !(await storage.changeAccount(id, { password: null, ...columns }))) return undefined;
      await storage.removeDeskSessions(id);
      await storage.forgiveAttempt(accountKey(before.email), 'all');
      await audit.note(who, { action: 'account.reset', subject: before.email });
      return { account: await shown({ ...before, password: null, ...columns }), secret, expiresAt };
    },
    async remove(who, id) {
      const before = await found(id);
      if (!before || !(await storage.removeAccount(id))) return undefined;
      await audit.note(who, { action: 'account.removed', subject: before.email, before: { shops: before.shops } });
      return shown(before);
    },
    async accept(secret, password) {
      const invitation = hashOf(secret);
      // Looked at first: a guess must not cost us a hash.
      const invited = await storage.acceptInvitation(invitation, now());
      if (!invited) throw badInvitation();
      checkPassword(password, invited.email);
      const hash = await passwords.hash(password);
      const account = await storage.acceptInvitation(invitation, now(), hash);
      if (!account) throw badInvitation();
      await audit.note(account.email, { action: 'account.password_set', subject: account.email });
      return { id: account.id };
    },
  };
}

function badInvitation(): ChatError {
  return new ChatError(
    'invalid_request',
    'This invitation is used up or too old. Ask whoever runs Shop Clerk for a new one.',
  );
}

/** @throws ChatError `invalid_request` */
export function emailOf(given: string): string {
  const email = given.trim().normalize('NFKC').toLowerCase();
  if (email.length > 200 || !/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u.test(email)) {
    throw new ChatError('invalid_request', 'Write an e-mail address, such as dana@shop.example.');
  }
  return email;
}
