/** `GET /api/admin/accounts`, for operators. */
export interface Accounts {
  accounts: Account[];
}

export interface Account {
  account_id: string;
  email: string;
  /** Slugs. */
  shops: string[];
  /** `invited` has no password yet; `locked` had too many wrong ones. */
  status: 'invited' | 'active' | 'locked';
  /** ISO 8601, UTC. */
  created_at: string;
  last_login_at: string | null;
  /** When the invitation that is open ends; null where none is. */
  invitation_expires_at: string | null;
}

/** `POST /api/admin/accounts` → 201 `InvitedAccount` */
export interface NewAccount {
  email: string;
  /** Slugs, one at least. */
  shops: string[];
}

/** `PATCH /api/admin/accounts/:id` → `Account` */
export interface AccountChange {
  shops: string[];
}

/**
 * Also the answer of `POST /api/admin/accounts/:id/reset`, which takes the password away and ends all logins. The link is
 * shown this once: whoever has it sets the password.
 */
export interface InvitedAccount {
  account: Account;
  invitation: {
    /** Path and fragment, to put behind the proxy's own address: `/admin/#/invitation/…`. */
    path: string;
    expires_at: string;
  };
}
