import type { Database } from 'better-sqlite3';
import type { DeskStorage } from './types/desk.ts';

interface Row {
  key: string;
  count: number;
  expires_at: number;
}

export function createAttempts(db: Database): Pick<DeskStorage, 'countAttempt' | 'forgiveAttempt' | 'fullAttempts'> {
  const current = db.prepare<[string, number], Row>('SELECT * FROM admin_attempts WHERE key = ? AND expires_at > ?');
  const put = db.prepare<Row>(
    `INSERT INTO admin_attempts (key, count, expires_at) VALUES (@key, @count, @expires_at)
     ON CONFLICT (key) DO UPDATE SET count = excluded.count, expires_at = excluded.expires_at`,
  );
  const takeBack = db.prepare<[string]>('UPDATE admin_attempts SET count = count - 1 WHERE key = ? AND count > 0');
  const remove = db.prepare<[string]>('DELETE FROM admin_attempts WHERE key = ?');

  const count = db.transaction(
    (keys: readonly { key: string; max: number }[], { now, until }: { now: number; until: number }) => {
      const rows = keys.map(({ key, max }) => ({ key, max, row: current.get(key, now) }));
      const full = rows.flatMap(({ max, row }) => (row && row.count >= max ? [row.expires_at] : []));
      if (full.length > 0) return { fullUntil: Math.max(...full) };
      for (const { key, max, row } of rows) {
        const counted = (row?.count ?? 0) + 1;
        put.run({ key, count: counted, expires_at: row && counted < max ? row.expires_at : until });
      }
      return undefined;
    },
  );

  return {
    async countAttempt(keys, times) {
      return count.immediate(keys, times);
    },
    async forgiveAttempt(key, which) {
      (which === 'one' ? takeBack : remove).run(key);
    },
    async fullAttempts(keys, max, now) {
      return keys.filter((key) => (current.get(key, now)?.count ?? 0) >= max);
    },
  };
}
