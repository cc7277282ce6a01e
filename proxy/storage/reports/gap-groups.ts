import type { Database } from 'better-sqlite3';
import type { GapKind } from '../../protocol/admin/index.ts';
import type { GapGroup, GapGroupsQuery, GapOccurrence, ReportReader } from '../types.ts';

const LATEST = 3;

/** As `gaps` names them; claims are in `findings`. */
const STORED = { no_result: 'no_result', unanswered: 'documents', not_sold: 'search' } as const;

type Group = Omit<GapGroup, 'latest' | 'text'>;

export function createGapGroups(db: Database): Pick<ReportReader, 'gapGroups' | 'gapOccurrences'> {
  const NAMED = `CASE kind WHEN 'documents' THEN 'unanswered' WHEN 'search' THEN 'not_sold' ELSE kind END`;
  const GROUPS = `WITH counted AS (
       SELECT ${NAMED} AS kind, key, count(*) AS count, min(created_at) AS firstAt, max(created_at) AS lastAt
         FROM gaps WHERE shop = @shop GROUP BY kind, key
       UNION ALL
       SELECT 'claims', key, count(*), min(created_at), max(created_at) FROM findings WHERE shop = @shop GROUP BY key),
     marked AS (
       SELECT counted.*, done.done_at AS doneAt, done.done_by AS doneBy FROM counted
         LEFT JOIN gaps_done done ON done.shop = @shop AND done.kind = counted.kind AND done.key = counted.key
       WHERE (@kind IS NULL OR counted.kind = @kind)
         AND (@state = 'all' OR (@state = 'done') = (coalesce(done.done_at, -1) >= counted.lastAt)))`;
  const byCount = db.prepare<Record<string, unknown>, Group>(
    `${GROUPS} SELECT * FROM marked ORDER BY count DESC, lastAt DESC, kind, key LIMIT @limit OFFSET @offset`,
  );
  const byTime = db.prepare<Record<string, unknown>, Group>(
    `${GROUPS} SELECT * FROM marked ORDER BY lastAt DESC, kind, key LIMIT @limit OFFSET @offset`,
  );
  const total = db.prepare<Record<string, unknown>, number>(`${GROUPS} SELECT count(*) FROM marked`).pluck();
  const gaps = db.prepare<[string, string, string, number], GapOccurrence>(
    `SELECT thread_id AS threadId, turn_id AS turnId, query AS text, created_at AS at FROM gaps
     WHERE shop = ? AND kind = ? AND key = ? ORDER BY created_at DESC, id DESC LIMIT ?`,
  );
  const claims = db.prepare<[string, string, number], GapOccurrence>(
    `SELECT thread_id AS threadId, turn_id AS turnId, text, created_at AS at FROM findings
     WHERE shop = ? AND key = ? ORDER BY created_at DESC, id DESC LIMIT ?`,
  );

  function occurrences(shop: string, kind: GapKind, key: string, limit: number): GapOccurrence[] {
    return kind === 'claims' ? claims.all(shop, key, limit) : gaps.all(shop, STORED[kind], key, limit);
  }

  return {
    gapGroups: db.transaction(({ order, offset, limit, kind = null as never, ...query }: GapGroupsQuery) => {
      const which = { ...query, kind };
      const found = (order === 'count' ? byCount : byTime).all({ ...which, offset, limit });
      const groups = found.map((group) => {
        const latest = occurrences(query.shop, group.kind, group.key, LATEST);
        return { ...group, latest, text: latest[0]?.text ?? group.key };
      });
      return { groups, total: total.get(which)! };
    }),
    gapOccurrences: ({ shop, kind, key, limit }) => occurrences(shop, kind, key, limit),
  };
}
