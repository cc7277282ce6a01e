import type { Database } from 'better-sqlite3';
import type { Passage } from '../knowledge/types.ts';
import { matchOf } from './full-text.ts';
import { scopeOf } from './product-scope.ts';
import type { ChunkVector, DocumentChunk, RankedPassage, Storage } from './types.ts';

interface Row {
  id: number;
  document: string;
  title: string;
  section: string;
  text: string;
  url: string | null;
  lang: string | null;
}

const COLUMNS =
  'chunks.id, chunks.document, documents.title, chunks.section, chunks.text, documents.url, documents.lang';
const VISIBLE = `documents.enabled = 1 AND chunks.since <= documents.generation
  AND (chunks.until IS NULL OR chunks.until > documents.generation)`;
/** Weights of scope, title, section and body. */
const RANK = 'bm25(chunks_fts, 0.0, 4.0, 3.0, 1.0)';

/** What is read of documents by who searches. */
export function createPassages(
  db: Database,
): Pick<Storage, 'searchPassages' | 'passages' | 'hasPassages' | 'passagesVersion' | 'chunkVectors' | 'chunksOf'> {
  // CROSS JOIN keeps SQLite to this order, as in products.ts: the words first.
  const search = db.prepare<
    { shop: string; match: string; limit: number },
    Row & { rank: number; head: string; body: string }
  >(
    `SELECT ${COLUMNS}, found.rank, concat_ws(' ', words.title, words.section) AS head, words.body
     FROM (SELECT chunks_fts.rowid AS id, ${RANK} AS rank
           FROM chunks_fts CROSS JOIN chunks ON chunks.id = chunks_fts.rowid
             CROSS JOIN documents ON documents.id = chunks.document
           WHERE chunks_fts MATCH @match AND chunks.shop = @shop AND ${VISIBLE} ORDER BY rank LIMIT @limit) AS found
     CROSS JOIN chunks ON chunks.id = found.id CROSS JOIN documents ON documents.id = chunks.document
     CROSS JOIN chunks_fts AS words ON words.rowid = found.id
     ORDER BY found.rank, found.id`,
  );
  const byIds = db.prepare<{ shop: string; ids: string }, Row>(
    `SELECT ${COLUMNS} FROM json_each(@ids) AS wanted
     CROSS JOIN chunks ON chunks.id = wanted.value AND chunks.shop = @shop
     CROSS JOIN documents ON documents.id = chunks.document
     WHERE ${VISIBLE} ORDER BY wanted.key`,
  );
  const has = db.prepare<[string]>('SELECT 1 FROM documents WHERE shop = ? AND enabled = 1 AND chunks > 0 LIMIT 1');
  // Of those that are found: a reading that fails or goes on changes nothing.
  const version = db
    .prepare<{ shop: string }, string>(
      `SELECT count(*) || '-' || ifnull(sum(generation), 0) || '-' || ifnull(max(changed_at), 0) ||
         (SELECT '-' || count(*) || '-' || ifnull(max(updated_at), 0) FROM document_copies WHERE shop = @shop AND state = 'ready')
       FROM documents WHERE shop = @shop AND enabled = 1`,
    )
    .pluck();
  const vectors = db.prepare<{ shop: string; model: string; limit: number }, ChunkVector>(
    `SELECT chunks.id, chunks.embedding FROM documents CROSS JOIN chunks ON chunks.document = documents.id
     WHERE documents.shop = @shop AND documents.embedded_by = @model AND chunks.embedding IS NOT NULL AND ${VISIBLE}
     LIMIT @limit`,
  );
  const chunks = db.prepare<{ shop: string; id: string }, DocumentChunk>(
    `SELECT chunks.id, chunks.hash, chunks.section, chunks.text
     FROM documents CROSS JOIN chunks ON chunks.document = documents.id
     WHERE documents.shop = @shop AND documents.id = @id AND chunks.since <= documents.generation
       AND (chunks.until IS NULL OR chunks.until > documents.generation)
     ORDER BY chunks.ordinal`,
  );

  return {
    async searchPassages(shop, { questions, words, limit }) {
      const asked = matchOf(questions, words);
      if (asked === null) return [];
      const match = `scope:"${scopeOf(shop)}" AND {title section body}:(${asked})`;
      return search.all({ shop, match, limit }).map((row): RankedPassage => ({
        passage: fromRow(row),
        rank: row.rank,
        headTerms: row.head,
        terms: `${row.head} ${row.body}`,
      }));
    },
    async passages(shop, ids) {
      return byIds.all({ shop, ids: JSON.stringify(ids) }).map(fromRow);
    },
    async hasPassages(shop) {
      return has.get(shop) !== undefined;
    },
    async passagesVersion(shop) {
      return version.get({ shop })!;
    },
    async chunkVectors(shop, model, limit) {
      return vectors.all({ shop, model, limit });
    },
    async chunksOf(shop, id) {
      return chunks.all({ shop, id });
    },
  };
}

function fromRow(row: Row): Passage {
  return {
    id: row.id,
    documentId: row.document,
    title: row.title,
    section: row.section,
    text: row.text,
    ...(row.url !== null && { url: row.url }),
    ...(row.lang !== null && { lang: row.lang }),
  };
}
