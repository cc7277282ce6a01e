import type { Database } from 'better-sqlite3';
import type { DocumentCopy, Storage } from './types.ts';

interface Row {
  id: number;
  shop: string;
  document: string;
  endpoint: string;
  store: string;
  file: string | null;
  hash: string;
  state: DocumentCopy['state'];
  error: string | null;
  updated_at: number;
}

type Verbs = Pick<
  Storage,
  | 'installation'
  | 'documentStore'
  | 'keepDocumentStore'
  | 'documentCopies'
  | 'currentCopies'
  | 'addDocumentCopy'
  | 'changeDocumentCopy'
  | 'deleteDocumentCopy'
>;

/** What of the documents lies at a provider. */
export function createDocumentCopies(db: Database): Verbs {
  const installation = db.prepare<[], string>('SELECT id FROM installation').pluck();
  const store = db
    .prepare<[string, string], string>('SELECT store FROM document_stores WHERE shop = ? AND endpoint = ?')
    .pluck();
  const keep = db.prepare<[string, string, string]>(
    `INSERT INTO document_stores (shop, endpoint, store) VALUES (?, ?, ?)
     ON CONFLICT (shop, endpoint) DO UPDATE SET store = excluded.store`,
  );
  const all = db.prepare<[string], Row>('SELECT * FROM document_copies WHERE shop = ? ORDER BY id');
  const current = db.prepare<[string, string, string, number], { document: string; file: string | null }>(
    `SELECT id AS document,
       (SELECT file FROM document_copies AS copies
        WHERE copies.shop = documents.shop AND copies.document = documents.id AND copies.hash = documents.hash
          AND endpoint = ? AND store = ? AND state = 'ready' ORDER BY copies.id DESC LIMIT 1) AS file
     FROM documents WHERE shop = ? AND enabled = 1 AND chunks > 0 ORDER BY added_at, id LIMIT ?`,
  );
  const insert = db.prepare(
    `INSERT INTO document_copies (shop, document, endpoint, store, file, hash, state, error, updated_at)
     VALUES (@shop, @document, @endpoint, @store, @file, @hash, @state, @error, @updatedAt)`,
  );
  const change = db.prepare(
    'UPDATE document_copies SET state = @state, error = @error, updated_at = @now WHERE id = @id',
  );
  const remove = db.prepare<[number]>('DELETE FROM document_copies WHERE id = ?');

  return {
    async installation() {
      return installation.get()!;
    },
    async documentStore(shop, endpoint) {
      return store.get(shop, endpoint);
    },
    async keepDocumentStore(shop, endpoint, id) {
      keep.run(shop, endpoint, id);
    },
    async documentCopies(shop) {
      return all.all(shop).map(({ updated_at: updatedAt, ...row }) => ({ ...row, updatedAt }));
    },
    async currentCopies(shop, { endpoint, store: id }, limit) {
      return current.all(endpoint, id, shop, limit);
    },
    async addDocumentCopy(copy) {
      return Number(insert.run(copy).lastInsertRowid);
    },
    async changeDocumentCopy(id, { state, error, now }) {
      change.run({ id, state, error, now });
    },
    async deleteDocumentCopy(id) {
      remove.run(id);
    },
  };
}
