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
