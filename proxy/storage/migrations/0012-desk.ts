/**
 * Who may open the desk. Passwords as scrypt hashes; of sessions and invitations only hashes, so that who reads the file
 * can't be anybody. `attempts` outlives restarts: a lock must not be opened by a crash.
 */
export const desk = `
CREATE TABLE admin_accounts (
  id                     TEXT PRIMARY KEY,
  email                  TEXT NOT NULL UNIQUE,
  shops                  TEXT NOT NULL,
  password               TEXT,
  invitation             TEXT UNIQUE,
  invitation_expires_at  INTEGER,
  created_at             INTEGER NOT NULL,
  last_login_at          INTEGER
) STRICT;

CREATE TABLE admin_sessions (
  id          TEXT PRIMARY KEY,
  token       TEXT NOT NULL UNIQUE,
  account_id  TEXT REFERENCES admin_accounts (id) ON DELETE CASCADE,
  credential  TEXT NOT NULL,
  user_agent  TEXT NOT NULL,
  created_at  INTEGER NOT NULL,
  seen_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX admin_sessions_by_account ON admin_sessions (account_id);

CREATE TABLE admin_attempts (
  key         TEXT PRIMARY KEY,
  count       INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX admin_attempts_by_end ON admin_attempts (expires_at);

CREATE TABLE audit_log (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  at          INTEGER NOT NULL,
  who         TEXT NOT NULL,
  action      TEXT NOT NULL,
  shop        TEXT,
  subject     TEXT,
  before      TEXT,
  after       TEXT
) STRICT;
CREATE INDEX audit_log_by_shop ON audit_log (shop, id DESC);
`;
