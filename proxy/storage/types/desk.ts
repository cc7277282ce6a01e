/** Who may open the desk, who has it open, and who did what there. */
export interface AccountRow {
  id: string;
  /** In small letters. */
  email: string;
  /** Slugs. */
  shops: string[];
  /** As `hashPassword` writes it; null until the invitation is accepted. */
  password: string | null;
  /** Hash of the open invitation; null where none is. */
  invitation: string | null;
  invitationExpiresAt: number | null;
  createdAt: number;
  lastLoginAt: number | null;
}

export interface DeskSessionRow {
  id: string;
  /** Hash of what the cookie holds. */
  token: string;
  /** Null is the operator. */
  accountId: string | null;
  /** Names what was logged in with: another password or ADMIN_TOKEN has another, and ends the session. */
  credential: string;
  userAgent: string;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
}

export interface AuditRow {
  id: number;
  at: number;
  who: string;
  action: string;
  shop: string | null;
  subject: string | null;
  /** JSON; null where there is nothing to say. */
  before: string | null;
  after: string | null;
}

export interface DeskStorage {
  /** @returns false when there is an account of this address */
  addAccount(account: AccountRow): Promise<boolean>;
  /** By address. */
  accounts(): Promise<AccountRow[]>;
  account(by: { id: string } | { email: string }): Promise<AccountRow | undefined>;
  /** Sets what is given. @returns false when there is no such account */
  changeAccount(id: string, change: Partial<Omit<AccountRow, 'id' | 'email' | 'createdAt'>>): Promise<boolean>;
  /** @returns false when the password is another one by now, or the account gone */
  replacePassword(id: string, from: string, to: string): Promise<boolean>;
  /**
   * Puts a password in the place of an invitation that is still good at `now`; of two at once only one does. With `password`
   * left out it only says whether it is good.
   */
  acceptInvitation(invitation: string, now: number, password?: string): Promise<AccountRow | undefined>;
  /** With its sessions. @returns false when there is no such account */
  removeAccount(id: string): Promise<boolean>;

  /** Adds one; of the same account's only the `max` newest stay. */
  addDeskSession(session: DeskSessionRow, max: number): Promise<void>;
  deskSession(by: { token: string } | { id: string }): Promise<DeskSessionRow | undefined>;
  /** Newest first: of an account, of the operator (null), or all. */
  deskSessions(of: { accountId: string | null } | 'all'): Promise<DeskSessionRow[]>;
  seeDeskSession(id: string, seenAt: number): Promise<void>;
  /** @returns false when there is no such session */
  removeDeskSession(id: string): Promise<boolean>;
  /** All of an account. */
  removeDeskSessions(accountId: string): Promise<void>;

  /**
   * Counts an attempt under all `keys` or, where one has had its `max`, under none: then it says until when. A count ends at
   * `until` of its first attempt, one that is full at `until` of its last.
   */
  countAttempt(
    keys: readonly { key: string; max: number }[],
    times: { now: number; until: number },
  ): Promise<{ fullUntil: number } | undefined>;
  /** Takes one attempt back, or all. */
  forgiveAttempt(key: string, which: 'one' | 'all'): Promise<void>;
  /** Of these, those that have had `max` attempts at `now`. */
  fullAttempts(keys: readonly string[], max: number, now: number): Promise<string[]>;

  addAudit(entry: Omit<AuditRow, 'id'>): Promise<void>;
  /** Newest first. @param query `shops`: of these, and what `who` did; `'*'` is all. `before`: ids below this one. */
  audit(query: {
    shops: '*' | readonly string[];
    who: string;
    shop?: string;
    before?: number;
    limit: number;
  }): Promise<AuditRow[]>;

  /** Forgets what has ended, `limit` rows of each kind at most. @returns how many of the kind that had most */
  pruneDesk(ends: { now: number; idleSince: number; auditBefore: number }, limit: number): Promise<number>;
}
