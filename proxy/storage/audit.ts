import type { Database } from 'better-sqlite3';
import type { AuditRow, DeskStorage } from './types/desk.ts';

type Verbs = 'addAudit' | 'audit' | 'pruneDesk';

export function createAudit(db: Database): Pick<DeskStorage, Verbs> {
  const insert = db.prepare<Omit<AuditRow, 'id'>>(
    `INSERT INTO audit_log (at, who, action, shop, subject, before, after)
     VALUES (@at, @who, @action, @shop, @subject, @before, @after)`,
  );
  const newest = db.prepare<
    { all: 0 | 1; shops: string; who: string; shop: string | null; before: number; limit: number },
    AuditRow
  >(
    `SELECT * FROM audit_log
     WHERE id < @before AND (@shop IS NULL OR shop = @shop)
       AND (@all OR who = @who OR shop IN (SELECT value FROM json_each(@shops)))
     ORDER BY id DESC LIMIT @limit`,
  );
  const ended = [
    db.prepare<{ now: number; idleSince: number; limit: number }>(
      `DELETE FROM admin_sessions WHERE rowid IN (
         SELECT rowid FROM admin_sessions WHERE expires_at <= @now OR seen_at <= @idleSince LIMIT @limit)`,
    ),
    db.prepare<{ now: number; limit: number }>(
      'DELETE FROM admin_attempts WHERE rowid IN (SELECT rowid FROM admin_attempts WHERE expires_at <= @now LIMIT @limit)',
    ),
    db.prepare<{ auditBefore: number; limit: number }>(
      // Numbers grow with time: the oldest come first without an index of their own.
      'DELETE FROM audit_log WHERE at < @auditBefore AND id IN (SELECT id FROM audit_log ORDER BY id LIMIT @limit)',
    ),
  ];
  const prune = db.transaction((query: { now: number; idleSince: number; auditBefore: number; limit: number }) =>
    Math.max(...ended.map((statement) => statement.run(query).changes)),
  );

  return {
    async addAudit(entry) {
      insert.run(entry);
    },
    async audit({ shops, who, shop, before, limit }) {
      return newest.all({
        all: shops === '*' ? 1 : 0,
        shops: JSON.stringify(shops === '*' ? [] : shops),
        who,
        shop: shop ?? null,
        before: before ?? Number.MAX_SAFE_INTEGER,
        limit,
      });
    },
    async pruneDesk(ends, limit) {
      return prune.immediate({ ...ends, limit });
    },
  };
}
