import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import type { DocumentCopy, DocumentRow, Storage } from '../storage/types.ts';
import { BROKEN_OFF, removeDocument } from './add.ts';
import type { DocumentForm, Documents, DocumentsSync, DocumentUpload, KnowledgeDocument } from './types.ts';

/** Uploads that wait, at 20 MB each. */
const MAX_WAITING = 8;
const MINUTE_MS = 60_000;
const RETRY_MS = 5_000;

/** What a thread is to do (workers/run-documents.ts). `mirror` brings what the shop has at a provider up to date, and reads nothing. */
export type DocumentOrder =
  | { kind: 'add'; upload: DocumentUpload | DocumentForm }
  | { kind: 'sync' }
  | { kind: 'mirror' };
export type DocumentOutcome =
  /** `noVectors`: why none could be made of it. Words find it already. */
  { kind: 'added'; id: string; noVectors?: string } | { kind: 'synced'; result: DocumentsSync };

export interface DocumentDeskOptions {
  storage: Pick<
    Storage,
    'documents' | 'document' | 'changeDocument' | 'deleteDocument' | 'failWaitingDocuments' | 'documentCopies'
  >;
  shops: () => readonly Pick<Shop, 'slug' | 'documents'>[];
  /** Reads in a thread of its own. @throws Error in words for the owner */
  run(shop: Pick<Shop, 'slug' | 'documents'>, order: DocumentOrder, signal: AbortSignal): Promise<DocumentOutcome>;
  log: { info(fields: object, message: string): void; error(fields: object, message: string): void };
  now?: () => number;
  /** How often is looked whether a shop's documents are due. */
  everyMs?: number;
}

/**
 * Keeps a shop's documents: takes what its owner sends, and reads again what its settings name. One thread for each at a
 * time: who sends a file doesn't wait behind a slow server's pages.
 */
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
  /** Shops whose copies at a provider are behind. */
  const stale = new Set<string>();
  const lines: Record<'sent' | 'named', Promise<unknown>> = { sent: Promise.resolve(), named: Promise.resolve() };
  /** Why, by the last that was heard of a shop's store. */
  const keptOut = new Map<string, string | null>();
  let waiting = 0;
  /** A thread broke down, or could write no more: what it was reading may still be marked as being read. */
  let unclosed = false;

  function inTurn<R>(line: 'sent' | 'named', work: () => Promise<R>): Promise<R> {
    const mine = lines[line].then(() => {
      if (stop.signal.aborted) throw new ChatError('shutting_down', 'The proxy is shutting down.');
      return work();
    });
    lines[line] = mine.catch(() => undefined);
    return mine;
  }

  async function read(slug: string, kind: 'sync' | 'mirror'): Promise<DocumentsSync> {
    const shop = shops().find((one) => one.slug === slug);
    if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
    if (syncing.has(slug)) throw new ChatError('sync_running', `The documents of ${slug} are being read.`);
    syncing.add(slug);
    try {
      const outcome = await inTurn('named', () => run(shop, { kind }, stop.signal));
      if (outcome.kind !== 'synced') throw new Error('The thread did something else.');
      const { failed, stored, ...counts } = outcome.result;
      keptOut.set(slug, stored?.error ?? null);
      if (stored && stored.sent + stored.deleted > 0)
        log.info({ shop: slug, ...stored }, 'the vector store is brought up to date');
      if (counts.added + counts.changed + counts.removed > 0) log.info({ shop: slug, ...counts }, 'documents read');
      for (const failure of failed) log.error({ shop: slug, ...failure }, 'a document could not be read');
      return outcome.result;
    } catch (error) {
      noteBroken(error);
      if (stop.signal.aborted) throw new ChatError('shutting_down', 'The proxy is shutting down.');
      log.error({ shop: slug, err: error }, 'the documents could not be read; those of before stay');
      if (error instanceof ChatError) throw error;
      throw new ChatError('sync_failed', `The documents of ${slug} could not be read.`, { cause: error });
    } finally {
      syncing.delete(slug);
      await closeBroken();
      const minutes = shop.documents.everyMinutes;
      if (minutes === 0 || !needsReading(shop)) due.delete(slug);
      else if (kind === 'sync') due.set(slug, now() + minutes * MINUTE_MS);
    }
  }

  /** Nobody waits for a provider: it is told in the list how it went. */
  function mirror(slug: string): void {
    if (shops().find((one) => one.slug === slug)?.documents.store) stale.add(slug);
    look();
  }

  async function copies(slug: string): Promise<Map<string, DocumentCopy>> {
    if (!shops().find((one) => one.slug === slug)?.documents.store) return new Map();
    return new Map((await storage.documentCopies(slug)).map((copy) => [copy.document, copy]));
  }

  async function shownWith(slug: string, row: DocumentRow): Promise<KnowledgeDocument> {
    return shown(row, (await copies(slug)).get(row.id));
  }

  function noteBroken(error: unknown): void {
    unclosed ||= !(error instanceof ChatError) || error.code === 'overloaded';
  }

  /** While nobody reads, nothing is being read. */
  async function closeBroken(): Promise<void> {
    if (!unclosed || waiting > 0 || syncing.size > 0) return;
    unclosed = false;
    try {
      await storage.failWaitingDocuments(BROKEN_OFF, now());
    } catch (error) {
      unclosed = true;
      log.error({ err: error }, 'documents that were being read could not be closed');
    }
  }

  function look(): void {
    void closeBroken();
    for (const slug of stale) {
      // A reading of all that is due brings them up to date as well.
      if (syncing.has(slug) || (due.get(slug) ?? Infinity) <= now()) continue;
      stale.delete(slug);
      // What goes wrong is in the log.
      read(slug, 'mirror').then(look, look);
    }
    for (const [slug, at] of due) {
      // A shop that is prepared isn't served yet, or is served as it was before.
      if (at > now() || syncing.has(slug) || !shops().some((shop) => shop.slug === slug)) continue;
      due.delete(slug);
      stale.delete(slug);
      // What goes wrong is in the log.
      read(slug, 'sync').then(look, look);
    }
  }

  const timer = setInterval(look, everyMs).unref();
  lines.sent = lines.named = storage
    .failWaitingDocuments('The proxy was stopped while it was read; add it again.', now())
    .catch((error: unknown) => log.error({ err: error }, 'documents that were being read could not be closed'));

  return {
    async list(shop) {
      const known = await copies(shop);
      return (await storage.documents(shop)).map((row) => shown(row, known.get(row.id)));
    },
    async get(shop, id) {
      const found = await storage.document(shop, id);
      return found && shownWith(shop, found);
    },
    store(slug) {
      if (!shops().find((one) => one.slug === slug)?.documents.store) return undefined;
      const error = keptOut.get(slug) ?? null;
      const isBusy = syncing.has(slug) || stale.has(slug);
      return { state: isBusy ? 'waiting' : error === null ? 'ready' : 'failed', error };
    },
    async add(slug, upload) {
      const shop = shops().find((one) => one.slug === slug);
      if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
      if (waiting >= MAX_WAITING) {
        throw new ChatError('overloaded', 'Too many documents wait to be read. Try again.', { retryAfterMs: RETRY_MS });
      }
      waiting++;
      try {
        const outcome = await inTurn('sent', () => run(shop, { kind: 'add', upload }, stop.signal));
        const found = outcome.kind === 'added' && (await storage.document(slug, outcome.id));
        if (!found) throw new ChatError('not_found', 'It was deleted while it was read.');
        if ('noVectors' in outcome)
          log.error({ shop: slug, document: found.id, why: outcome.noVectors }, 'a document has no vectors yet');
        return await shownWith(slug, found);
      } catch (error) {
        noteBroken(error);
        throw error;
      } finally {
        waiting--;
        await closeBroken();
        mirror(slug);
      }
    },
    async change(shop, id, { enabled }) {
      const found = await storage.changeDocument(shop, id, { enabled, now: now() });
      mirror(shop);
      return found && shownWith(shop, found);
    },
    async remove(shop, id) {
      const removed = await removeDocument(storage, shop, id);
      mirror(shop);
      return removed;
    },
    sync: (slug) => read(slug, 'sync'),
    prepare(slug) {
      due.set(slug, now());
    },
    look,
    async close() {
      stop.abort(new Error('The proxy is shutting down.'));
      clearInterval(timer);
      await Promise.all([lines.sent, lines.named]);
    },
  };
}

function needsReading({ documents }: Pick<Shop, 'documents'>): boolean {
  return documents.sources.length > 0 || documents.store !== null;
}

/** Without what only its keeping needs. */
export function shown(row: DocumentRow, copy?: DocumentCopy): KnowledgeDocument {
  const { origin: _origin, hash: _hash, etag: _etag, embeddedBy: _model, ...document } = row;
  return { ...document, ...(copy && { store: { state: copy.state, error: copy.error } }) };
}
