import type { Database } from 'better-sqlite3';
import { foldText } from '../../fold-text.ts';
import type { ConversationsQuery, ConversationSummary, ReportReader, StoredPart } from '../types.ts';
import { DAY_MS, msOf } from './days.ts';

/** Messages that one search looks through: about a twentieth of a second. Who asks may go on from there. */
const MAX_READ = 10_000;

const FILTERS = {
  rating: 'AND ups + downs > 0',
  error: 'AND errors > 0',
  handoff: 'AND hand_offs > 0',
  no_result: 'AND no_results > 0',
  wrong: 'AND wrong > 0',
  none: '',
} as const;

type Row = Omit<ConversationSummary, 'costMicroUsd' | 'found'>;

interface Bounds {
  shop: string;
  since: number;
  until: number;
  beforeAt: number;
  beforeId: string;
}

export function createConversations(db: Database): Pick<ReportReader, 'conversations'> {
  const prepared = (filter: keyof typeof FILTERS) =>
    db.prepare<Bounds, Row>(
      `SELECT id, title, created_at AS createdAt, updated_at AS updatedAt, questions, errors, hand_offs AS handOffs,
         no_results AS noResults, ups, downs, wrong
       FROM threads WHERE shop = @shop AND own = 0 AND updated_at >= @since AND updated_at < @until
         AND updated_at <= @beforeAt AND (updated_at < @beforeAt OR id < @beforeId) ${FILTERS[filter]}
       ORDER BY updated_at DESC, id DESC`,
    );
  const lists = {
    rating: prepared('rating'),
    error: prepared('error'),
    handoff: prepared('handoff'),
    no_result: prepared('no_result'),
    wrong: prepared('wrong'),
    none: prepared('none'),
  };
  const partsOf = db.prepare<[string], string>('SELECT parts FROM messages WHERE thread_id = ? ORDER BY seq').pluck();
  const cost = db
    .prepare<[string], number>(
      `SELECT coalesce(sum(cost_micro_usd), 0) FROM turns JOIN usage ON usage.turn_id = turns.id WHERE turns.thread_id = ?`,
    )
    .pluck();

  return {
    conversations: db.transaction((query: ConversationsQuery) => {
      const { shop, filter = 'none', words = [], from, to, after, limit } = query;
      const conversations: ConversationSummary[] = [];
      let looked = after ?? null;
      let read = 0;
      const bounds: Bounds = {
        shop,
        since: from === undefined ? 0 : msOf(from),
        until: to === undefined ? Number.MAX_SAFE_INTEGER : msOf(to) + DAY_MS,
        beforeAt: after?.updatedAt ?? Number.MAX_SAFE_INTEGER,
        beforeId: after?.id ?? '',
      };
      for (const row of lists[filter].iterate(bounds)) {
        if (conversations.length === limit || read >= MAX_READ) return { conversations, next: looked };
        looked = { updatedAt: row.updatedAt, id: row.id };
        const found = words.length === 0 ? null : where(words, row.title, () => partsOf.all(row.id));
        read += words.length === 0 ? 0 : row.questions * 2 + 1;
        if (found !== undefined) conversations.push({ ...row, found, costMicroUsd: cost.get(row.id)! });
      }
      return { conversations, next: null };
    }),
  };
}

/** The text that has all the words; null where it is the title, undefined where it is none. */
function where(words: readonly string[], title: string, parts: () => string[]): string | null | undefined {
  const has = (text: string) => {
    const folded = foldText(text);
    return words.every((word) => folded.includes(word));
  };
  for (const json of parts()) {
    // Most messages have none of it: what isn't in their JSON isn't in their texts. Only letters are written alike in both.
    const folded = foldText(json);
    if (!words.every((word) => !/^[\p{L}\p{N}]+$/u.test(word) || folded.includes(word))) continue;
    for (const part of JSON.parse(json) as StoredPart[]) {
      if (part.type === 'text' && has(part.content)) return part.content;
    }
  }
  return has(title) ? null : undefined;
}
