import { ChatError } from '../errors.ts';
import type { AccountRow, DeskSessionRow, DeskStorage } from '../storage/types.ts';
import { createAttempts } from './attempts.ts';
import { checkPassword } from './password-rules.ts';
import type { Passwords } from './passwords.ts';
import { createRefusals } from './refusals.ts';
import { createSecret, hashOf } from './secrets.ts';
import type { Audit, DeskUser, Login, OpenSession, Sessions } from './types.ts';

/** Without a request a login ends after this … */
export const IDLE_MS = 12 * 60 * 60_000;
/** … and after this in any case. */
export const SESSION_MS = 7 * 24 * 60 * 60_000;
/** How exactly it is kept when somebody was last seen: not with every request. */
const SEEN_EVERY_MS = 60_000;
/** Of one account; with one more the oldest ends. */
const MAX_SESSIONS = 20;

export const OPERATOR: DeskUser = { kind: 'operator', id: 'operator', who: 'operator', shops: '*' };

export interface SessionsDeps {
  storage: DeskStorage;
  passwords: Passwords;
  audit: Audit;
  isOperator: (token: string) => boolean;
  /** Names the ADMIN_TOKEN that is set, without saying it. */
  operatorCredential: string;
  createId: () => string;
  now: () => number;
}

export function createSessions(deps: SessionsDeps): Sessions {
  const { storage, passwords, audit, now } = deps;
  const attempts = createAttempts(deps);
  const refusals = createRefusals(deps);

  async function open(account: AccountRow | null, { userAgent }: Login) {
    const secret = createSecret();
    const row: DeskSessionRow = {
      id: deps.createId(),
      token: hashOf(secret),
      accountId: account?.id ?? null,
      credential: credentialOf(account),
      userAgent: userAgent.slice(0, 200),
      createdAt: now(),
      seenAt: now(),
      expiresAt: now() + SESSION_MS,
    };
    await storage.addDeskSession(row, MAX_SESSIONS);
    const session = sessionOf(row, account, secret);
    await audit.note(session.user.who, { action: 'session.opened', subject: row.id });
    return { secret, session };
  }

  /** Another password or token makes it another one, and ends what was opened with the last. */
  function credentialOf(account: AccountRow | null): string {
    return account ? hashOf('password', account.password ?? '') : deps.operatorCredential;
  }

  function isOpen(row: DeskSessionRow, account: AccountRow | null): boolean {
    return row.expiresAt > now() && row.seenAt + IDLE_MS > now() && row.credential === credentialOf(account);
  }

  /** Null for the operator; undefined when the account is gone. */
  async function holderOf({ accountId }: DeskSessionRow): Promise<AccountRow | null | undefined> {
    return accountId === null ? null : storage.account({ id: accountId });
  }

  async function openRow(by: { token: string } | { id: string }) {
    const row = await storage.deskSession(by);
    const account = row && (await holderOf(row));
    return row && account !== undefined && isOpen(row, account) ? { row, account } : undefined;
  }

  /** As below, counted as an attempt only if there was time to look at it. */
  async function tried(account: AccountRow | undefined, email: string, password: string, { address }: Login) {
    await attempts.count(address, email);
    try {
      return await checkedPassword(account, password);
    } catch (error) {
      await attempts.takeBack(address, email);
      throw error;
    }
  }

  /** The account, if it is theirs. A password that was hashed more cheaply is hashed anew. */
  async function checkedPassword(account: AccountRow | undefined, password: string): Promise<AccountRow | undefined> {
    const verdict = await passwords.verify(password, account?.password ?? null);
    if (!account?.password || verdict === 'wrong') return undefined;
    if (verdict === 'right') return account;
    const hash = await passwords.hash(password);
    // Somebody may have reset it meanwhile: then that holds, and nobody gets in.
    return (await storage.replacePassword(account.id, account.password, hash))
      ? { ...account, password: hash }
      : undefined;
  }

  return {
    async openOperator(token, login) {
      await attempts.count(login.address, null);
      if (!deps.isOperator(token)) {
        await refusals.note('operator');
        throw new ChatError('unauthorized', 'This is not the ADMIN_TOKEN.');
      }
      await attempts.wasRight(login.address, null);
      return open(null, login);
    },
    async openOwner({ email: typed, password }, login) {
      const email = typed.trim().normalize('NFKC').toLowerCase();
      const known = await storage.account({ email });
      const account = await tried(known, email, password, login);
      if (!account) {
        await refusals.note(known?.email ?? null);
        throw new ChatError('unauthorized', 'The e-mail address or the password is wrong.');
      }
      await attempts.wasRight(login.address, email);
      await storage.changeAccount(account.id, { lastLoginAt: now() });
      return open(account, login);
    },
    async openInvited(accountId, login) {
      const account = await storage.account({ id: accountId });
      if (!account) throw new ChatError('unauthorized', 'This account is gone.');
      await attempts.remember(login.address, account.email);
      await storage.changeAccount(account.id, { lastLoginAt: now() });
      return open(account, login);
    },
    async find(secret) {
      const { row, account } = (await openRow({ token: hashOf(secret) })) ?? {};
      if (!row || account === undefined) return undefined;
      if (row.seenAt + SEEN_EVERY_MS <= now()) await storage.seeDeskSession(row.id, now());
      return sessionOf(row, account, secret);
    },
    async holder(id) {
      const { account } = (await openRow({ id })) ?? {};
      return account === undefined ? undefined : userOf(account);
    },
    async list(user) {
      const rows = await storage.deskSessions(user.kind === 'operator' ? 'all' : { accountId: user.id });
      const listed = await Promise.all(rows.map(async (row) => ({ row, account: await holderOf(row) })));
      return listed.flatMap(({ row, account }) => {
        if (account === undefined || !isOpen(row, account)) return [];
        const { id, createdAt, seenAt, expiresAt, userAgent } = row;
        const kind = account ? ('owner' as const) : ('operator' as const);
        return [{ id, kind, email: account?.email ?? null, createdAt, seenAt, expiresAt, userAgent }];
      });
    },
    async end(user, id) {
      const rows = await storage.deskSessions(user.kind === 'operator' ? 'all' : { accountId: user.id });
      if (!rows.some((row) => row.id === id) || !(await storage.removeDeskSession(id))) return false;
      await audit.note(user.who, { action: 'session.ended', subject: id });
      return true;
    },
    async changePassword({ user, email }, { current, next }, login) {
      const account = await storage.account({ id: user.id });
      if (!account || email === null) throw new ChatError('invalid_request', 'Only accounts have a password.');
      checkPassword(next, email);
      const checked = await tried(account, email, current, login);
      if (!checked?.password) {
        await refusals.note(email);
        throw new ChatError('invalid_request', 'The current password is wrong.');
      }
      await attempts.wasRight(login.address, email);
      const changed = { ...checked, password: await passwords.hash(next) };
      if (!(await storage.replacePassword(account.id, checked.password, changed.password))) {
        throw new ChatError('invalid_request', 'The password was changed by somebody else meanwhile.');
      }
      await storage.removeDeskSessions(account.id);
      await audit.note(user.who, { action: 'account.password_changed', subject: email });
      return open(changed, login);
    },
  };
}

function userOf(account: AccountRow | null): DeskUser {
  return account ? { kind: 'owner', id: account.id, who: account.email, shops: account.shops } : OPERATOR;
}

function sessionOf(row: DeskSessionRow, account: AccountRow | null, secret: string): OpenSession {
  // Bound to the session, and says nothing of its secret.
  return {
    id: row.id,
    user: userOf(account),
    email: account?.email ?? null,
    csrf: hashOf('csrf', secret),
    expiresAt: row.expiresAt,
  };
}
