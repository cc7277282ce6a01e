import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import type { DocumentRow, Storage } from '../storage/types.ts';
import { removeDocument } from './add.ts';
import type { Documents, DocumentsSync, DocumentUpload, KnowledgeDocument } from './types.ts';

/** Uploads that wait, at 20 MB each. */
const MAX_WAITING = 8;
const MINUTE_MS = 60_000;
const RETRY_MS = 5_000;

/** What a thread is to do; workers/run-documents.ts. */
export type DocumentOrder = { kind: 'add'; upload: DocumentUpload } | { kind: 'sync' };
export type DocumentOutcome = { kind: 'added'; id: string } | { kind: 'synced'; result: DocumentsSync };

export interface DocumentDeskOptions {
  storage: Pick<Storage, 'documents' | 'document' | 'changeDocument' | 'deleteDocument' | 'failWaitingDocuments'>;
  shops: () => readonly Pick<Shop, 'slug' | 'documents'>[];
  /** Reads in a thread of its own. @throws Error in words for the owner */
  run(shop: Pick<Shop, 'slug' | 'documents'>, order: DocumentOrder, signal: AbortSignal): Promise<DocumentOutcome>;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  now?: () => number;
  /** How often is looked whether a shop's documents are due. */
  everyMs?: number;
}

/** Keeps a shop's documents: takes what its owner sends, and reads again what its settings name. One thread at a time. */
export function createDocumentDesk(options: DocumentDeskOptions): Documents & {
  /** What the settings of a shop name is to be read: it is new, or named otherwise than before. */
  prepare(slug: string): void;
  /** Reads what is due, of shops that are served by now. Nobody waits for it. */
  look(): void;
} {
  const { storage, shops, run, log, now = Date.now, everyMs = MINUTE_MS } = options;
  const stop = new AbortController();
  const due = new Map<string, number>();
  const syncing = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  function inTurn<R>(work: () => Promise<R>): Promise<R> {
    const mine = last.then(() => {
      if (stop.signal.aborted) throw new ChatError('shutting_down', 'The proxy is shutting down.');
      return work();
    });
    last = mine.catch(() => undefined);
    return mine;
  }

  async function sync(slug: string): Promise<DocumentsSync> {
    const shop = shops().find((one) => one.slug === slug);
    if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
    if (syncing.has(slug)) throw new ChatError('sync_running', `The documents of ${slug} are being read.`);
    syncing.add(slug);
    try {
      const outcome = await inTurn(() => run(shop, { kind: 'sync' }, stop.signal));
      if (outcome.kind !== 'synced') throw new Error('The thread did something else.');
      const { failed, ...counts } = outcome.result;
      if (counts.added + counts.changed + counts.removed > 0) log.info({ shop: slug, ...counts }, 'documents read');
      for (const failure of failed) log.error({ shop: slug, ...failure }, 'a document could not be read');
      return outcome.result;
    } catch (error) {
      if (error instanceof ChatError) throw error;
      if (stop.signal.aborted) throw new ChatError('shutting_down', 'The proxy is shutting down.');
      log.error({ shop: slug, err: error }, 'the documents could not be read; those of before stay');
      throw new ChatError('sync_failed', `The documents of ${slug} could not be read.`, { cause: error });
    } finally {
      syncing.delete(slug);
      const minutes = shop.documents.everyMinutes;
      if (minutes > 0 && needsReading(shop)) due.set(slug, now() + minutes * MINUTE_MS);
      else due.delete(slug);
    }
  }

  function look(): void {
    for (const [slug, at] of due) {
      // A shop that is prepared isn't served yet, or is served as it was before.
      if (at > now() || syncing.has(slug) || !shops().some((shop) => shop.slug === slug)) continue;
      due.delete(slug);
      // What goes wrong is in the log.
      sync(slug).catch(() => undefined);
    }
  }

  const timer = setInterval(look, everyMs).unref();
  last = storage
    .failWaitingDocuments('The proxy was stopped while it was read; add it again.', now())
    .catch((error: unknown) => log.error({ err: error }, 'documents that were being read could not be closed'));

  return {
    async list(shop) {
      return (await storage.documents(shop)).map(shown);
    },
    async get(shop, id) {
      const found = await storage.document(shop, id);
      return found && shown(found);
    },
    async add(slug, upload) {
      const shop = shops().find((one) => one.slug === slug);
      if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
      if (waiting >= MAX_WAITING) {
        throw new ChatError('overloaded', 'Too many documents wait to be read. Try again.', { retryAfterMs: RETRY_MS });
      }
      waiting++;
      try {
        const outcome = await inTurn(() => run(shop, { kind: 'add', upload }, stop.signal));
        const found = outcome.kind === 'added' && (await storage.document(slug, outcome.id));
        if (!found) throw new ChatError('not_found', 'It was deleted while it was read.');
        return shown(found);
      } finally {
        waiting--;
      }
    },
    async change(shop, id, { enabled }) {
      const found = await storage.changeDocument(shop, id, { enabled, now: now() });
      return found && shown(found);
    },
    remove: (shop, id) => removeDocument(storage, shop, id),
    sync,
    prepare(slug) {
      due.set(slug, now());
    },
    look,
    async close() {
      stop.abort(new Error('The proxy is shutting down.'));
      clearInterval(timer);
      await last;
    },
  };
}

function needsReading({ documents }: Pick<Shop, 'documents'>): boolean {
  return documents.sources.length > 0;
}

/** Without what only its keeping needs. */
export function shown(row: DocumentRow): KnowledgeDocument {
  const { origin: _origin, hash: _hash, etag: _etag, embeddedBy: _model, ...document } = row;
  return document;
}
