import type { Database } from 'better-sqlite3';
import { createId } from './ids.ts';
import { scopeOf } from './product-scope.ts';
import type {
  BegunDocument,
  ChunkVector,
  DocumentRow,
  DocumentWriter,
  IndexedChunk,
  ReadDocument,
  Storage,
} from './types.ts';

interface Row {
  id: string;
  shop: string;
  source: string;
  origin: string;
  kind: DocumentRow['kind'];
  title: string;
  url: string | null;
  lang: string | null;
  enabled: number;
  status: DocumentRow['status'];
  error: string | null;
  bytes: number;
  pages: number | null;
  chunks: number;
  hash: string;
  etag: string | null;
  embedded_by: string | null;
  added_at: number;
  updated_at: number;
}

type Verbs = Pick<
  Storage,
  | 'documents'
  | 'document'
  | 'documentOfSource'
  | 'beginDocument'
  | 'knownChunks'
  | 'stageChunks'
  | 'orderChunks'
  | 'publishDocument'
  | 'failDocument'
  | 'failWaitingDocuments'
  | 'changeDocument'
  | 'deleteDocument'
  | 'pruneChunks'
  | 'pruneLostChunks'
  | 'chunksToEmbed'
  | 'embedChunks'
>;

/** Documents and the writing of their chunks; passages.ts reads them. */
export function createDocuments(db: Database): Verbs {
  const all = db.prepare<[string], Row>('SELECT * FROM documents WHERE shop = ? ORDER BY added_at, id');
  const byId = db.prepare<[string, string], Row>('SELECT * FROM documents WHERE shop = ? AND id = ?');
  const bySource = db.prepare<[string, string], Row>('SELECT * FROM documents WHERE shop = ? AND source = ?');
  const count = db.prepare<[string], number>('SELECT count(*) FROM documents WHERE shop = ?').pluck();
  const insert = db.prepare(
    `INSERT INTO documents (id, shop, source, origin, kind, title, url, status, bytes, added_at, updated_at)
     VALUES (@id, @shop, @source, @origin, @kind, @title, @url, 'waiting', @bytes, @now, @now)`,
  );
  // What is read again is found meanwhile as it was.
  const again = db.prepare(
    `UPDATE documents SET status = 'waiting', error = NULL, origin = @origin, url = @url, updated_at = @now WHERE id = @id`,
  );
  const take = db.prepare('UPDATE documents SET writer = @token WHERE id = @id');
  const held = db.prepare<[string, string], { shop: string; generation: number }>(
    'SELECT shop, generation FROM documents WHERE id = ? AND writer = ?',
  );
  const live = db.prepare<[string, number], { id: number; hash: string }>(
    'SELECT id, hash FROM chunks WHERE document = ? AND since <= ? AND until IS NULL ORDER BY ordinal',
  );
  const forgetStaged = db.prepare<[string, number]>('DELETE FROM chunks WHERE document = ? AND since > ?');
  const keepAll = db.prepare<[string, number]>('UPDATE chunks SET until = NULL WHERE document = ? AND until > ?');
  const insertChunk = db.prepare(
    `INSERT INTO chunks (shop, document, since, ordinal, hash, section, text)
     VALUES (@shop, @document, @since, @ordinal, @hash, @section, @text)`,
  );
  const insertWords = db.prepare('INSERT INTO chunks_fts (rowid, scope, title, section, body) VALUES (?, ?, ?, ?, ?)');
  const order = db.prepare<[number, number, string]>('UPDATE chunks SET ordinal = ? WHERE id = ? AND document = ?');
  const end = db.prepare<[number, number, string]>('UPDATE chunks SET until = ? WHERE id = ? AND document = ?');
  const publish = db.prepare(
    `UPDATE documents SET generation = generation + 1, status = 'ready', error = NULL, title = @title, kind = @kind,
       lang = @lang, pages = @pages, bytes = @bytes, hash = @hash, etag = @etag, updated_at = @now,
       changed_at = @now, writer = NULL,
       chunks = (SELECT count(*) FROM chunks WHERE document = @id AND since <= generation + 1
                   AND (until IS NULL OR until > generation + 1))
     WHERE id = @id AND writer = @token`,
  );
  const fail = db.prepare(
    `UPDATE documents SET status = 'failed', error = @error, updated_at = @now, writer = NULL
     WHERE id = @id AND writer = @token`,
  );
  const failWaiting = db.prepare(
    `UPDATE documents SET status = 'failed', error = @error, updated_at = @now, writer = NULL, etag = NULL
     WHERE status = 'waiting'`,
  );
  const enable = db.prepare(
    'UPDATE documents SET enabled = @enabled, updated_at = @now, changed_at = @now WHERE id = @id',
  );
  const remove = db.prepare<[string, string]>('DELETE FROM documents WHERE shop = ? AND id = ?');
  const someOf = db.prepare<[string, number]>(
    'DELETE FROM chunks WHERE id IN (SELECT id FROM chunks WHERE document = ? LIMIT ?)',
  );
  const prune = db.prepare<[string, number]>(
    `DELETE FROM chunks WHERE id IN (SELECT chunks.id FROM documents JOIN chunks ON chunks.document = documents.id
       WHERE documents.id = ? AND chunks.until <= documents.generation LIMIT ?)`,
  );
  // While somebody writes, what is staged is theirs.
  const pruneLost = db.prepare<[string, number]>(
    `DELETE FROM chunks WHERE id IN (SELECT chunks.id FROM documents JOIN chunks ON chunks.document = documents.id
       WHERE documents.shop = ? AND (chunks.until <= documents.generation
         OR (chunks.since > documents.generation AND documents.writer IS NULL)) LIMIT ?)`,
  );
  const bare = db.prepare<[string, number], { id: number; title: string; section: string; text: string }>(
    `SELECT chunks.id, documents.title, chunks.section, chunks.text
     FROM documents JOIN chunks ON chunks.document = documents.id
     WHERE documents.id = ? AND chunks.since <= documents.generation AND chunks.until IS NULL AND chunks.embedding IS NULL
     ORDER BY chunks.ordinal LIMIT ?`,
  );
  const forgetVectors = db.prepare<[string]>(
    'UPDATE chunks SET embedding = NULL WHERE document = ? AND embedding IS NOT NULL',
  );
  const embed = db.prepare<[Uint8Array, number]>('UPDATE chunks SET embedding = ? WHERE id = ?');
  const changed = db.prepare<[number, string]>('UPDATE documents SET changed_at = ? WHERE id = ?');
  const noteModel = db.prepare('UPDATE documents SET embedded_by = @model WHERE id = @id');

  function hold({ id, token }: DocumentWriter) {
    const found = held.get(id, token);
    if (!found) throw new Error('Somebody else has changed the document meanwhile.');
    return found;
  }

  const begin = db.transaction((given: BegunDocument, token: string): DocumentRow | undefined => {
    const known = bySource.get(given.shop, given.source);
    if (!known && count.get(given.shop)! >= given.maxDocuments) return undefined;
    const id = known?.id ?? createId('doc');
    const { maxDocuments: _max, ...values } = given;
    if (known) again.run({ id, origin: given.origin, url: given.url ?? null, now: given.now });
    else insert.run({ id, ...values, url: given.url ?? null });
    take.run({ id, token });
    return fromRow(byId.get(given.shop, id)!);
  });

  const stage = db.transaction((writer: DocumentWriter, chunks: readonly IndexedChunk[]) => {
    const { shop, generation } = hold(writer);
    for (const chunk of chunks) {
      const { ordinal, hash, section, text } = chunk;
      const row = { shop, document: writer.id, since: generation + 1, ordinal, hash, section, text };
      const { lastInsertRowid } = insertChunk.run(row);
      insertWords.run(lastInsertRowid, scopeOf(shop), chunk.titleTerms, chunk.sectionTerms, chunk.bodyTerms);
    }
  });

  const arrange = db.transaction(
    (writer: DocumentWriter, kept: readonly { id: number; ordinal: number }[], gone: readonly number[]) => {
      const { generation } = hold(writer);
      for (const { id, ordinal } of kept) order.run(ordinal, id, writer.id);
      for (const id of gone) end.run(generation + 1, id, writer.id);
    },
  );

  const known = db.transaction((writer: DocumentWriter) => {
    const { generation } = hold(writer);
    // What a writing that broke off has left.
    forgetStaged.run(writer.id, generation);
    keepAll.run(writer.id, generation);
    return live.all(writer.id, generation);
  });

  const vectors = db.transaction((document: string, rows: readonly ChunkVector[], now: number) => {
    for (const { id, embedding } of rows) embed.run(embedding, id);
    changed.run(now, document);
  });

  return {
    async documents(shop) {
      return all.all(shop).map(fromRow);
    },
    async document(shop, id) {
      const row = byId.get(shop, id);
      return row && fromRow(row);
    },
    async documentOfSource(shop, source) {
      const row = bySource.get(shop, source);
      return row && fromRow(row);
    },
    async beginDocument(document, token) {
      return begin.immediate(document, token);
    },
    async knownChunks(writer) {
      return known.immediate(writer);
    },
    async stageChunks(writer, chunks) {
      stage.immediate(writer, chunks);
    },
    async orderChunks(writer, { kept, gone }) {
      arrange.immediate(writer, kept, gone);
    },
    async publishDocument(writer, read: ReadDocument) {
      if (publish.run({ ...writer, ...read }).changes === 0) hold(writer);
    },
    async failDocument(writer, error, now) {
      return fail.run({ ...writer, error, now }).changes > 0;
    },
    async failWaitingDocuments(error, now) {
      return failWaiting.run({ error, now }).changes;
    },
    async changeDocument(shop, id, { enabled, now }) {
      if (!byId.get(shop, id)) return undefined;
      enable.run({ id, enabled: enabled ? 1 : 0, now });
      return fromRow(byId.get(shop, id)!);
    },
    async deleteDocument(shop, id, limit) {
      const row = byId.get(shop, id);
      if (!row) return 'unknown';
      if (row.enabled === 1) enable.run({ id, enabled: 0, now: row.updated_at });
      if (someOf.run(id, limit).changes === limit) return 'more';
      remove.run(shop, id);
      return 'deleted';
    },
    async pruneChunks(id, limit) {
      return prune.run(id, limit).changes;
    },
    async pruneLostChunks(shop, limit) {
      return pruneLost.run(shop, limit).changes;
    },
    async chunksToEmbed(shop, id, { model, limit }) {
      const row = byId.get(shop, id);
      if (!row) return [];
      if (row.embedded_by !== null && row.embedded_by !== model) forgetVectors.run(id);
      noteModel.run({ id, model });
      return bare.all(id, limit);
    },
    async embedChunks(id, rows, now) {
      vectors.immediate(id, rows, now);
    },
  };
}

function fromRow(row: Row): DocumentRow {
  return {
    id: row.id,
    shop: row.shop,
    title: row.title,
    source: row.source,
    fetched: row.origin !== '',
    kind: row.kind,
    ...(row.url !== null && { url: row.url }),
    ...(row.lang !== null && { lang: row.lang }),
    enabled: row.enabled === 1,
    status: row.status,
    error: row.error,
    bytes: row.bytes,
    pages: row.pages,
    chunks: row.chunks,
    addedAt: row.added_at,
    updatedAt: row.updated_at,
    origin: row.origin,
    hash: row.hash,
    etag: row.etag,
    embeddedBy: row.embedded_by,
  };
}
