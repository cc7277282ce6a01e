import { ChatError, DISK_FULL, isDiskFull } from '../errors.ts';
import type { DocumentCopy, DocumentRow, Storage } from '../storage/types.ts';
import { again, pause } from './again.ts';
import { KEPT_FAILURES } from './limits.ts';
import type { DocumentsSync, DocumentStore, StoredCopy } from './types.ts';

/** Sent at once. */
const LINES = 4;
/** Between two looks whether the store has read what it was sent, and for how long is looked. */
const POLL_MS = 2_000;
const MAX_POLL_MS = 300_000;
const MAX_NAME = 80;

export type MirrorStorage = Pick<
  Storage,
  | 'installation'
  | 'documents'
  | 'chunksOf'
  | 'documentStore'
  | 'keepDocumentStore'
  | 'documentCopies'
  | 'addDocumentCopy'
  | 'changeDocumentCopy'
  | 'deleteDocumentCopy'
>;

export interface MirrorOptions {
  storage: MirrorStorage;
  store: DocumentStore;
  /** The settings': one that is there already. */
  id?: string | undefined;
  shop: string;
  signal: AbortSignal;
  now?: () => number;
  /** Injected by tests: waits, in milliseconds. @throws the signal's reason */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface Mirrored {
  sent: number;
  deleted: number;
  /** What keeps all of them out; undefined where single ones are at the most. */
  error?: string;
  failed: { source: string; error: string }[];
}

/**
 * Brings the copies of a shop's documents in its vector store up to date. What was sent in the same bytes is not sent again,
 * an older version stays until the newer one is read, and what is disabled or gone is deleted there. What can't be sent is kept with
 * the document, with the reason, and tried again the next time.
 * @throws the signal's reason
 */
export async function mirrorDocuments(options: MirrorOptions): Promise<Mirrored> {
  const { storage, store, shop, signal, onProgress } = options;
  const result: Mirrored = { sent: 0, deleted: 0, failed: [] };
  try {
    const id = await storeOf(options);
    const wanted = (await storage.documents(shop)).filter(({ enabled, chunks }) => enabled && chunks > 0);
    const copies = await copiesOf(options);
    const missing = wanted.filter((document) => !copies.some((copy) => isCurrent(copy, document, id)));
    // One that says no to a document for good says no to all of them.
    const stop = new AbortController();
    const queue = [...missing];
    let done = 0;
    async function line(): Promise<void> {
      for (let next = queue.shift(); next && !stop.signal.aborted; next = queue.shift()) {
        signal.throwIfAborted();
        try {
          await send(next, id, options);
          result.sent++;
        } catch (error) {
          if (!(error instanceof ChatError)) {
            stop.abort();
            throw error;
          }
          await keepFailure(next, id, error, options);
          result.failed.push({ source: next.source, error: error.message });
          if (error.fault !== undefined) {
            result.error = error.message;
            stop.abort();
          }
        }
        onProgress?.(++done, missing.length);
      }
    }
    const ended = await Promise.allSettled(Array.from({ length: LINES }, line));
    const broken = ended.find((one) => one.status === 'rejected');
    if (broken) throw broken.reason;
    if (!stop.signal.aborted) {
      await readOut(id, wanted, options, result);
      await tidy(id, wanted, options, result);
    }
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof ChatError ? error.message : isDiskFull(error) ? DISK_FULL : undefined;
    if (why === undefined) throw error;
    result.error = why;
    result.failed.push({ source: `vector store at ${store.endpoint}`, error: why });
  }
  return result;
}

/** One account of both. */
export function withMirrored(result: DocumentsSync, { failed, ...stored }: Mirrored): DocumentsSync {
  return { ...result, stored, failed: [...result.failed, ...failed].slice(0, KEPT_FAILURES) };
}

async function storeOf(options: MirrorOptions): Promise<string> {
  const { storage, store, shop } = options;
  if (options.id !== undefined) return options.id;
  const known = await storage.documentStore(shop, store.endpoint);
  if (known !== undefined && (await again((line) => store.exists(known, line), options))) return known;
  const made = await again((line) => store.create(`shop-clerk ${shop}`, line), options);
  await storage.keepDocumentStore(shop, store.endpoint, made);
  return made;
}

export async function copiesOf({ storage, store, shop }: MirrorOptions): Promise<DocumentCopy[]> {
  return (await storage.documentCopies(shop)).filter(({ endpoint }) => endpoint === store.endpoint);
}

function isCurrent(copy: DocumentCopy, { id, hash }: DocumentRow, store: string): boolean {
  return copy.document === id && copy.hash === hash && copy.store === store && copy.state !== 'failed';
}

/** As text, whatever the document was: the store then knows what we know, and nothing that we have refused. */
async function send(document: DocumentRow, id: string, options: MirrorOptions): Promise<void> {
  const { storage, store, shop, signal, now = Date.now } = options;
  const { title, source, hash } = document;
  const chunks = await storage.chunksOf(shop, document.id);
  const parts = chunks.map(({ section, text }) => (section === '' ? text : `## ${section}\n\n${text}`));
  const name = `${source.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(-MAX_NAME)}.md`;
  const text = [`# ${title}`, ...parts].join('\n\n');
  const file = await again((line) => store.upload({ name, text }, line), options);
  const copyOf = { shop, document: document.id };
  // Noted before it is in the store: whatever happens next, it is known whose it is.
  const copy = { ...copyOf, endpoint: store.endpoint, store: id, file, hash, error: null, updatedAt: now() };
  try {
    await storage.addDocumentCopy({ ...copy, state: 'waiting' });
  } catch (error) {
    // Else it would lie there, and nobody would know.
    await store.remove(id, file, signal).catch(() => undefined);
    throw error;
  }
  const installation = await storage.installation();
  await again((line) => store.attach(id, file, { installation, ...copyOf }, line), options);
}

/** For the owner, with the document. What was uploaded and could not be put into the store is attached the next time. */
async function keepFailure(
  { id: document, hash }: DocumentRow,
  store: string,
  error: ChatError,
  options: MirrorOptions,
) {
  const { storage, shop, now = Date.now } = options;
  const { endpoint } = options.store;
  const begun = (await copiesOf(options)).findLast((copy) => copy.document === document);
  if (begun?.state === 'waiting' && begun.hash === hash) {
    const state = error.fault === undefined ? 'failed' : 'waiting';
    return storage.changeDocumentCopy(begun.id, { state, error: error.message, now: now() });
  }
  const why = { file: null, hash, state: 'failed' as const, error: error.message, updatedAt: now() };
  await storage.addDocumentCopy({ shop, document, endpoint, store, ...why });
}

/** Looks until the store has read what it was sent, or for as long as is bearable; the next reading looks again. */
async function readOut(id: string, wanted: readonly DocumentRow[], options: MirrorOptions, result: Mirrored) {
  const { storage, signal, now = Date.now, wait = pause } = options;
  const sources = new Map(wanted.map((document) => [document.id, document.source]));
  for (let waited = 0; ; waited += POLL_MS) {
    const waiting = (await copiesOf(options)).filter(({ state, store }) => state === 'waiting' && store === id);
    let isBusy = false;
    for (const copy of waiting) {
      signal.throwIfAborted();
      const found = await look(copy, options);
      isBusy ||= found.state === 'waiting';
      if (found.state !== 'waiting' || copy.error !== null) {
        await storage.changeDocumentCopy(copy.id, { ...found, now: now() });
      }
      if (found.state === 'failed')
        result.failed.push({ source: sources.get(copy.document) ?? copy.document, error: found.error ?? '' });
    }
    if (!isBusy || waited >= MAX_POLL_MS) return;
    await wait(POLL_MS, signal);
  }
}

async function look({ file, store: id, document }: DocumentCopy, options: MirrorOptions): Promise<StoredCopy> {
  const { storage, store, shop } = options;
  try {
    const found = await again((line) => store.stateOf(id, file!, line), options);
    if (found) return found;
    const copyOf = { installation: await storage.installation(), shop, document };
    await again((line) => store.attach(id, file!, copyOf, line), options);
    return { state: 'waiting', error: null };
  } catch (error) {
    if (!(error instanceof ChatError) || error.fault !== undefined) throw error;
    return { state: 'failed', error: error.message };
  }
}

/** Deletes what the store need not have any more. */
async function tidy(id: string, wanted: readonly DocumentRow[], options: MirrorOptions, result: Mirrored) {
  const { storage, store } = options;
  const copies = await copiesOf(options);
  for (const copy of copies) {
    const document = wanted.find((one) => one.id === copy.document);
    if (document && isKept(copy, document)) continue;
    if (copy.file !== null) {
      await again((line) => store.remove(copy.store, copy.file!, line), options);
      result.deleted++;
    }
    await storage.deleteDocumentCopy(copy.id);
  }

  function isKept(copy: DocumentCopy, document: DocumentRow): boolean {
    if (isCurrent(copy, document, id)) return true;
    const all = copies.filter((one) => one.document === document.id);
    // The last word about it, as long as nothing has come of another try.
    if (copy.state === 'failed') return copy === all.at(-1) && copy.hash === document.hash;
    // What is found until the newer version is read.
    return copy.state === 'ready' && !all.some((one) => isCurrent(one, document, id) && one.state === 'ready');
  }
}
