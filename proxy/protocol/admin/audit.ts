/** `GET /api/admin/audit?shop=&cursor=&limit=`: who changed what, the newest first. Owners see that of their shops. */
export interface AuditPage {
  entries: AuditEntry[];
  /** Send it as `cursor` for the entries before these; null where there are none. */
  next_cursor: string | null;
}

export interface AuditEntry {
  id: number;
  /** ISO 8601, UTC. */
  at: string;
  /** `operator`, an owner's e-mail address, `command line`, or `somebody` whose login was refused. */
  who: string;
  /** What was done, as `account.added`, `session.opened`, `settings.published`. */
  action: string;
  /** Null where it concerns no one shop. */
  shop: string | null;
  /** What it was done to: an id, an e-mail address, a file's name. */
  subject: string | null;
  /** What it was before and became, without secrets; null where there is nothing to say. */
  before: unknown;
  after: unknown;
}
