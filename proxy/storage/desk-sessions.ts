import type { Database } from 'better-sqlite3';
import type { DeskSessionRow, DeskStorage } from './types/desk.ts';

interface Row {
  id: string;
  token: string;
  account_id: string | null;
  credential: string;
  user_agent: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

type Verbs =
  | 'addDeskSession'
  | 'deskSession'
  | 'deskSessions'
  | 'seeDeskSession'
  | 'removeDeskSession'
  | 'removeDeskSessions';

/** More than anybody looks at. */
const MOST = 500;

export function createDeskSessions(db: Database): Pick<DeskStorage, Verbs> {
  const insert = db.prepare(
    `INSERT INTO admin_sessions (id, token, account_id, credential, user_agent, created_at, seen_at, expires_at)
     VALUES (@id, @token, @accountId, @credential, @userAgent, @createdAt, @seenAt, @expiresAt)`,
  );
  const removeOldest = db.prepare<[string | null, number]>(
    `DELETE FROM admin_sessions WHERE id IN (
       SELECT id FROM admin_sessions WHERE account_id IS ? ORDER BY created_at DESC, rowid DESC LIMIT -1 OFFSET ?)`,
  );
  const byToken = db.prepare<[string], Row>('SELECT * FROM admin_sessions WHERE token = ?');
  const byId = db.prepare<[string], Row>('SELECT * FROM admin_sessions WHERE id = ?');
  const all = db.prepare<[number], Row>('SELECT * FROM admin_sessions ORDER BY created_at DESC, rowid DESC LIMIT ?');
  const ofAccount = db.prepare<[string | null, number], Row>(
    'SELECT * FROM admin_sessions WHERE account_id IS ? ORDER BY created_at DESC, rowid DESC LIMIT ?',
  );
  const see = db.prepare<[number, string]>('UPDATE admin_sessions SET seen_at = ? WHERE id = ?');
  const remove = db.prepare<[string]>('DELETE FROM admin_sessions WHERE id = ?');
  const removeAll = db.prepare<[string]>('DELETE FROM admin_sessions WHERE account_id = ?');

  const add = db.transaction((session: DeskSessionRow, max: number) => {
    insert.run(session);
    removeOldest.run(session.accountId, max);
  });

  return {
    async addDeskSession(session, max) {
      add.immediate(session, max);
    },
    async deskSession(by) {
      const row = 'id' in by ? byId.get(by.id) : byToken.get(by.token);
      return row && sessionOf(row);
    },
    async deskSessions(of) {
      return (of === 'all' ? all.all(MOST) : ofAccount.all(of.accountId, MOST)).map(sessionOf);
    },
    async seeDeskSession(id, seenAt) {
      see.run(seenAt, id);
    },
    async removeDeskSession(id) {
      return remove.run(id).changes === 1;
    },
    async removeDeskSessions(accountId) {
      removeAll.run(accountId);
    },
  };
}

function sessionOf(row: Row): DeskSessionRow {
  return {
    id: row.id,
    token: row.token,
    accountId: row.account_id,
    credential: row.credential,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
  };
}
