/** Who asks, once it is known. */
export interface DeskUser {
  kind: 'operator' | 'owner';
  /** Of the account; `operator` for whoever has the ADMIN_TOKEN. */
  id: string;
  /** As the audit log names them. */
  who: string;
  /** Slugs. */
  shops: '*' | readonly string[];
}

/** One thing that was changed, for the audit log. */
export interface Change {
  /** Noun and what happened to it: `account.added`. */
  action: string;
  /** Slug; left out where it concerns no one shop. */
  shop?: string;
  /** An id, an e-mail address, a file's name. */
  subject?: string;
  /** What it was and what it is. The log is read by owners: no secrets. */
  before?: unknown;
  after?: unknown;
}

/** As it was written down. */
export interface AuditedChange {
  id: number;
  at: number;
  who: string;
  action: string;
  shop: string | null;
  subject: string | null;
  before: unknown;
  after: unknown;
}

export interface Audit {
  /** @param who a user's `who`, `command line`, or `somebody` whom nobody knows */
  note(who: string, change: Change): Promise<void>;
  /** What a user may read of it, newest first. `next` is the `before` of the page after. */
  page(
    user: DeskUser,
    query: { shop?: string; before?: number; limit: number },
  ): Promise<{ entries: AuditedChange[]; next: number | null }>;
}

export interface DeskAccount {
  id: string;
  email: string;
  shops: string[];
  status: 'invited' | 'active' | 'locked';
  createdAt: number;
  lastLoginAt: number | null;
  invitationExpiresAt: number | null;
}

export interface Invitation {
  account: DeskAccount;
  /** Sets the password, once; nothing else keeps it. */
  secret: string;
  expiresAt: number;
}

/** Accounts of shops' owners. Every verb that changes something notes it under `who`. */
export interface Accounts {
  list(): Promise<DeskAccount[]>;
  /** @throws ChatError `invalid_request` when there is an account of this address, or the address is none */
  add(who: string, account: { email: string; shops: readonly string[] }): Promise<Invitation>;
  /** The three below: undefined when there is no such account. */
  change(who: string, id: string, change: { shops: readonly string[] }): Promise<DeskAccount | undefined>;
  /** Takes the password away, ends all sessions and opens the lock. */
  reset(who: string, id: string): Promise<Invitation | undefined>;
  remove(who: string, id: string): Promise<DeskAccount | undefined>;
  /** @throws ChatError `invalid_request` for an invitation that isn't good (any more), or a password that won't do */
  accept(secret: string, password: string): Promise<{ id: string }>;
}

/** Who is logged in, and by which session. */
export interface OpenSession {
  id: string;
  user: DeskUser;
  /** Of an owner; null for the operator. */
  email: string | null;
  /** Must come with every change. */
  csrf: string;
  expiresAt: number;
}

/** From where somebody logs in. */
export interface Login {
  /** Keyed hash of the network. */
  address: string;
  userAgent: string;
}

export interface Sessions {
  /**
   * Both: a new session, and the secret for its cookie.
   * @throws ChatError `unauthorized`, `rate_limited` after too many wrong ones, `overloaded`
   */
  openOperator(token: string, login: Login): Promise<{ secret: string; session: OpenSession }>;
  openOwner(
    credentials: { email: string; password: string },
    login: Login,
  ): Promise<{ secret: string; session: OpenSession }>;
  /** For who has just set their password by an invitation. */
  openInvited(accountId: string, login: Login): Promise<{ secret: string; session: OpenSession }>;
  /** Undefined for one that has ended, or that nobody opened. */
  find(secret: string): Promise<OpenSession | undefined>;
  /** Whose session this is, by its id, while it is open. */
  holder(id: string): Promise<DeskUser | undefined>;
  /** The operator's: all. */
  list(user: DeskUser): Promise<DeskSessionInfo[]>;
  /** @returns false when there is none, or it is somebody else's */
  end(user: DeskUser, id: string): Promise<boolean>;
  /**
   * Ends all sessions of the account and opens a new one.
   * @throws ChatError `invalid_request` when `current` is wrong or `next` won't do, `rate_limited`, `overloaded`
   */
  changePassword(
    session: Pick<OpenSession, 'user' | 'email'>,
    passwords: { current: string; next: string },
    login: Login,
  ): Promise<{ secret: string; session: OpenSession }>;
}

export interface DeskSessionInfo {
  id: string;
  kind: DeskUser['kind'];
  email: string | null;
  createdAt: number;
  seenAt: number;
  expiresAt: number;
  userAgent: string;
}

/** All that knows who may open the desk. */
export interface Desk {
  accounts: Accounts;
  sessions: Sessions;
  audit: Audit;
  /** Whether there is an operator, and this is their token. */
  isOperator(token: string): boolean;
}
