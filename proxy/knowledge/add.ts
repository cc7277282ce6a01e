import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DISK_FULL, isDiskFull } from '../errors.ts';
import type { DocumentRow, Storage } from '../storage/types.ts';
import { DocumentError } from './document-error.ts';
import type { DocumentFile } from './extract.ts';
import type { Extractor, ReadText } from './extractor.ts';
import { hashOf } from './indexing.ts';
import { namedKind } from './kind.ts';
import { MAX_DOCUMENTS } from './limits.ts';

/** Chunks in one transaction, and how long others may write before the next: the proxy commits its turns in between. */
const STEP = 10;
const GAP_MS = 2;
/** Moves of kept chunks cost next to nothing. */
const ORDER_STEP = 200;
export const BROKEN_OFF = 'Its reading was broken off; add it again.';

export type DocumentStorage = Pick<
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
  | 'deleteDocument'
  | 'pruneChunks'
  | 'pruneLostChunks'
  | 'chunksToEmbed'
  | 'embedChunks'
>;

export interface AddOptions {
  storage: DocumentStorage;
  extractor: Extractor;
  signal: AbortSignal;
  now?: () => number;
}

export interface NewDocument {
  shop: string;
  file: DocumentFile;
  /** Where a shopper can read it. */
  url?: string | undefined;
  /** What of the shop's settings it comes from; left out, somebody adds it by hand. */
  origin?: string;
  etag?: string | null;
}

export interface AddedDocument {
  document: DocumentRow;
  /** It is there already, in these bytes. */
  unchanged: boolean;
}

/**
 * Reads a document and shows it to searches, in place of one of the same name, which is found as it was until then. One
 * that can't be read is kept with the reason, as `failed`.
 * What of a new version was written when the disk got full is deleted.
 * @throws DocumentError when the shop has too many, its settings name it, or it is deleted meanwhile; or the signal's reason
 */
export async function addDocument(
  added: NewDocument,
  { storage, extractor, signal, now = Date.now }: AddOptions,
): Promise<AddedDocument> {
  const { shop, file, url, origin = '', etag = null } = added;
  const hash = hashOf(file.bytes);
  const before = await storage.documentOfSource(shop, file.name);
  if (before && before.origin !== '' && origin === '') {
    throw new DocumentError(
      "The shop's settings name it; replace it where it is read from, or give this one another name.",
    );
  }
  const same = before?.status === 'ready' && before.hash === hash;
  if (same && before.url === url && before.origin === origin && before.etag === etag) {
    return { document: before, unchanged: true };
  }
  const token = randomUUID();
  const begun = await storage.beginDocument(
    {
      shop,
      source: file.name,
      origin,
      kind: namedKind(file.name, file.contentType) ?? 'text',
      title: file.name,
      url,
      bytes: file.bytes.length,
      now: now(),
      maxDocuments: MAX_DOCUMENTS,
    },
    token,
  );
  if (!begun) throw new DocumentError(`A shop may have ${MAX_DOCUMENTS} documents; this one has them.`);
  const writer = { id: begun.id, token };
  try {
    const read = await extractor.read(file, signal);
    await write(storage, writer, read, signal);
    const { kind, title, lang, pages } = read;
    const bytes = file.bytes.length;
    await storage.publishDocument(writer, { kind, title, lang, pages, bytes, hash, etag, now: now() });
    while ((await storage.pruneChunks(begun.id, STEP)) === STEP) await delay(GAP_MS);
  } catch (error) {
    const refused = error instanceof DocumentError;
    const reason = refused ? error.message : isDiskFull(error) ? DISK_FULL : BROKEN_OFF;
    const isOurs = await storage.failDocument(writer, reason, now());
    // What was written of it would keep all others from writing, answers among them.
    if (isDiskFull(error)) while ((await storage.pruneLostChunks(shop, STEP)) === STEP) await delay(GAP_MS);
    if (!refused && isOurs) throw error;
    signal.throwIfAborted();
    if (!isOurs) throw new DocumentError('It was deleted or replaced by somebody else while it was read.');
  }
  const document = await storage.document(shop, begun.id);
  if (!document) throw new DocumentError('It was deleted while it was read.');
  return { document, unchanged: false };
}

/** Chunks that are there already stay, with their ids: only what is new is written. */
async function write(
  storage: DocumentStorage,
  writer: { id: string; token: string },
  { chunks }: ReadText,
  signal: AbortSignal,
): Promise<void> {
  const free = new Map<string, number[]>();
  for (const { id, hash } of await storage.knownChunks(writer)) free.set(hash, [...(free.get(hash) ?? []), id]);
  const kept: { id: number; ordinal: number }[] = [];
  const fresh = chunks.filter(({ hash, ordinal }) => {
    const id = free.get(hash)?.shift();
    if (id !== undefined) kept.push({ id, ordinal });
    return id === undefined;
  });
  const gone = [...free.values()].flat();
  for (let at = 0; at < fresh.length; at += STEP) {
    signal.throwIfAborted();
    await storage.stageChunks(writer, fresh.slice(at, at + STEP));
    await delay(GAP_MS);
  }
  for (let at = 0; at < Math.max(kept.length, gone.length); at += ORDER_STEP) {
    signal.throwIfAborted();
    const step = { kept: kept.slice(at, at + ORDER_STEP), gone: gone.slice(at, at + ORDER_STEP) };
    await storage.orderChunks(writer, step);
    await delay(GAP_MS);
  }
}

/** With all that hangs on it. @returns false when there is no such document */
export async function removeDocument(
  storage: Pick<Storage, 'deleteDocument'>,
  shop: string,
  id: string,
): Promise<boolean> {
  let outcome = await storage.deleteDocument(shop, id, STEP);
  while (outcome === 'more') {
    await delay(GAP_MS);
    outcome = await storage.deleteDocument(shop, id, STEP);
  }
  return outcome === 'deleted';
}
