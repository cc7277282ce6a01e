import type { Database } from 'better-sqlite3';
import { createPurse } from './spending.ts';
import type { Account, BegunUsage, EndedUsage, Reservation, Storage, UsageRow } from './types.ts';
import { BEGUN, ENDED, fromRow, type Row, toEnded, toRow } from './usage-rows.ts';
import { createUsageSums } from './usage-sums.ts';

type UsageStorage = Pick<
  Storage,
  'beginUsage' | 'endUsage' | 'usageOfTurn' | 'openUsage' | 'addUsage' | 'addCachedUsage' | 'usageSums' | 'pruneUsage'
>;

/** A call that asked nobody. */
const NOTHING = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  estimated: false,
  costMicroUsd: 0,
  retries: 0,
  price: null,
} as const;

export function createUsage(db: Database): UsageStorage {
  const columns = [...ENDED, ...BEGUN];
  const insert = db.prepare<Omit<Row, 'id'>>(
    `INSERT INTO usage (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  const update = db.prepare<Omit<Row, (typeof BEGUN)[number]>, Row>(
    `UPDATE usage SET ${ENDED.map((name) => `${name} = @${name}`).join(', ')}
     WHERE id = @id AND outcome = 'running' RETURNING *`,
  );
  const ofTurn = db.prepare<[string], Row>('SELECT * FROM usage WHERE turn_id = ? ORDER BY id');
  const open = db.prepare<[number], Row>("SELECT * FROM usage WHERE outcome = 'running' ORDER BY id LIMIT ?");
  const prune = db.prepare<[number, number]>(
    `DELETE FROM usage WHERE id IN (
       SELECT id FROM usage WHERE created_at < ? AND outcome <> 'running' ORDER BY created_at LIMIT ?)`,
  );
  const purse = createPurse(db);
  const { add, usageSums } = createUsageSums(db);

  const begin = db.transaction((usage: UsageRow, reservation: Reservation): BegunUsage => {
    const account = purse.lacking(reservation);
    if (account) return { outcome: 'spent', account };
    const id = Number(insert.run(toRow(usage)).lastInsertRowid);
    purse.hold(id, reservation);
    return { outcome: 'begun', id };
  });

  const end = db.transaction((id: number, usage: EndedUsage) => {
    const row = update.get({ id, ...toEnded(usage) });
    if (!row) return;
    add(fromRow(row));
    const tokens = usage.inputTokens + usage.outputTokens;
    if (usage.estimated && usage.outcome !== 'ok' && tokens > 0) purse.settleUncounted(id, { tokens });
    else purse.settle(id, { tokens, microUsd: usage.costMicroUsd ?? 0 });
  });

  const addEnded = db.transaction((usage: UsageRow, accounts: readonly Account[] = []) => {
    insert.run(toRow(usage));
    add(usage);
    const { inputTokens, outputTokens, costMicroUsd } = usage;
    purse.spend(accounts, { tokens: inputTokens + outputTokens, microUsd: costMicroUsd ?? 0 });
  });

  return {
    async beginUsage(usage, reservation) {
      return begin.immediate(usage, reservation);
    },
    async endUsage(id, usage) {
      end.immediate(id, usage);
    },
    async usageOfTurn(turnId) {
      return ofTurn.all(turnId).map(fromRow);
    },
    async openUsage(limit) {
      return open.all(limit).map(fromRow);
    },
    async addUsage(usage, accounts) {
      addEnded.immediate(usage, accounts);
    },
    async addCachedUsage(usage) {
      addEnded.immediate({ ...usage, ...NOTHING, outcome: 'ok', purpose: 'answer', fromCache: true });
    },
    async pruneUsage(before, limit) {
      return prune.run(before, limit).changes;
    },
    usageSums,
  };
}
