import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Outbound } from '../outbound/types.ts';
import { OutboundError } from '../outbound/types.ts';
import type { DocumentSource } from '../shops/types.ts';
import type { DocumentRow } from '../storage/types.ts';
import { addDocument, type AddOptions, removeDocument } from './add.ts';
import { DocumentError, DocumentGone } from './document-error.ts';
import { embedDocument } from './embed.ts';
import type { DocumentFile } from './extract.ts';
import { INDEX_VERSION } from './indexing.ts';
import { namedKind } from './kind.ts';
import { KEPT_FAILURES, MAX_BYTES, MAX_DOCUMENTS } from './limits.ts';
import { pagesOf } from './sitemap.ts';
import type { DocumentsSync, Embedder } from './types.ts';

const FETCH_MS = 30_000;
/** Times in a row that a server is waited for in vain; then the rest of what it has is left for the next reading. */
const MAX_SILENT = 3;
/** Of a whole reading: other shops' wait behind it. */
const LONGEST_MS = 3_600_000;

export interface SyncOptions extends AddOptions {
  shop: string;
  sources: readonly DocumentSource[];
  request: Outbound['request'];
  embedder?: Embedder | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A document that the settings name, not yet read. */
export type Wanted = { name: string; origin: string } & (
  | { file: string; url?: string }
  | { url: string; file?: undefined }
);

/**
 * Brings the documents that a shop's settings name up to date: what hasn't changed is left alone, what is named no longer
 * goes, and what can't be read now stays as it was. Documents that were added by hand are none of its business.
 * @throws the signal's reason
 */
export async function syncDocuments(options: SyncOptions): Promise<DocumentsSync> {
  const { storage, shop, sources, signal, request, onProgress, now = Date.now } = options;
  const result: DocumentsSync = { added: 0, changed: 0, unchanged: 0, removed: 0, failed: [] };
  const fail = (source: string, error: string) => {
    if (result.failed.length < KEPT_FAILURES) result.failed.push({ source, error });
  };
  const wanted = new Map<string, Wanted>();
  /** Origins of which it isn't known what they name. */
  const unknown = new Set<string>();
  const silent = new Map<string, number>();
  const began = now();
  const isLate = () => now() - began >= LONGEST_MS;
  for (const source of sources) {
    const origin = originOf(source);
    try {
      if (isLate()) throw new DocumentError(LATE);
      for (const one of await wantedOf(source, request, signal)) {
        if (!wanted.has(one.name)) wanted.set(one.name, one);
      }
    } catch (error) {
      signal.throwIfAborted();
      unknown.add(origin);
      fail(origin, reasonOf(error));
    }
  }
  let done = 0;
  for (const one of [...wanted.values()].slice(0, MAX_DOCUMENTS)) {
    signal.throwIfAborted();
    const outcome = isLate() ? { error: LATE } : await read(one, options, silent);
    if ('error' in outcome) fail(one.name, outcome.error);
    else result[outcome.did]++;
    onProgress?.(++done, wanted.size);
  }
  for (const { id, origin, source } of await storage.documents(shop)) {
    if (origin === '' || wanted.has(source) || unknown.has(origin)) continue;
    if (await removeDocument(storage, shop, id)) result.removed++;
  }
  await embedAll(options, fail);
  return result;
}

export function originOf(source: DocumentSource): string {
  return source.type === 'file' ? `file ${source.name}` : `${source.type} ${source.url}`;
}

export async function wantedOf(
  source: DocumentSource,
  request: Outbound['request'],
  signal: AbortSignal,
): Promise<Wanted[]> {
  const origin = originOf(source);
  if (source.type === 'file') {
    const { name, file, url } = source;
    return [{ name, origin, file, ...(url !== undefined && { url }) }];
  }
  const pages = source.type === 'url' ? [source.url] : await pagesOf(source, request, signal);
  return pages.map((url) => ({ name: url, origin, url }));
}

const LATE = 'The reading has taken an hour; it goes on with the next one.';

type Outcome = { did: 'added' | 'changed' | 'unchanged' } | { error: string };

/** @param silent times in a row that each server has not answered */
async function read(wanted: Wanted, options: SyncOptions, silent: Map<string, number>): Promise<Outcome> {
  const { storage, shop, signal } = options;
  const before = await storage.documentOfSource(shop, wanted.name);
  if (before && before.origin === '') {
    return {
      error: 'There is a document of this name that was added by hand; remove that one, or rename one of them.',
    };
  }
  const host = wanted.file === undefined ? new URL(wanted.url).host : '';
  const inVain = silent.get(host) ?? 0;
  if (inVain >= MAX_SILENT) return { error: 'Its server does not answer; it is tried again with the next reading.' };
  let given: Found;
  try {
    given = await found(wanted, before, options);
    silent.delete(host);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof OutboundError && error.code === 'timed_out') silent.set(host, inVain + 1);
    else silent.delete(host);
    const reason = reasonOf(error);
    await note(wanted, reason, options);
    return { error: reason };
  }
  if (given === 'unchanged') return { did: 'unchanged' };
  const { url, origin } = wanted;
  try {
    const { document, unchanged } = await addDocument({ shop, ...given, url, origin }, options);
    if (unchanged) return { did: 'unchanged' };
    if (document.status === 'failed') return { error: document.error ?? '' };
    return { did: before ? 'changed' : 'added' };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return { error: error.message };
  }
}

type Found = { file: DocumentFile; etag: string | null } | 'unchanged';

/** A document as it is now. @throws DocumentError, DocumentGone, OutboundError, or the signal's reason */
export async function found(
  wanted: Wanted,
  before: DocumentRow | undefined,
  options: Pick<SyncOptions, 'request' | 'signal'>,
): Promise<Found> {
  return wanted.file === undefined ? fetched(wanted.url, before, options) : fromDisk(wanted.name, wanted.file);
}

async function fromDisk(name: string, file: string): Promise<{ file: DocumentFile; etag: null }> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new DocumentGone('There is no such file any more.');
  if (found.size > MAX_BYTES) throw new DocumentError(`It is larger than ${MAX_BYTES / 2 ** 20} MB; divide it.`);
  return { file: { name, bytes: new Uint8Array(await readFile(file)) }, etag: null };
}

/** What the server says hasn't changed isn't sent again, unless it was read by an older release. */
async function fetched(
  url: string,
  before: DocumentRow | undefined,
  { request, signal }: Pick<SyncOptions, 'request' | 'signal'>,
): Promise<Found> {
  const mark = `${INDEX_VERSION} `;
  const known =
    before?.status === 'ready' && before.etag?.startsWith(mark) ? before.etag.slice(mark.length) : undefined;
  const headers = known === undefined ? {} : { 'if-none-match': known };
  const answer = await request(url, { signal, headers, maxBytes: MAX_BYTES, timeoutMs: FETCH_MS });
  const parts: Buffer[] = [];
  for await (const part of answer.body) parts.push(part);
  if (answer.status === 304 && known !== undefined) return 'unchanged';
  if (answer.status === 404 || answer.status === 410) throw new DocumentGone(notFetched(answer.status));
  if (answer.status !== 200) throw new DocumentError(notFetched(answer.status));
  const etag = answer.headers.get('etag');
  const contentType = answer.headers.get('content-type') ?? '';
  const bytes = new Uint8Array(Buffer.concat(parts));
  return { file: { name: url, bytes, contentType }, etag: etag === null ? null : `${mark}${etag.slice(0, 500)}` };
}

function notFetched(status: number): string {
  return `It can't be fetched: it is answered with ${status}.`;
}

/** Keeps the reason with the document, also of one that never could be read. */
async function note(wanted: Wanted, reason: string, { storage, shop, now = Date.now }: SyncOptions): Promise<void> {
  const token = randomUUID();
  const { name, origin, url } = wanted;
  const kind = namedKind(name) ?? (wanted.file === undefined ? 'html' : 'text');
  const document = {
    shop,
    source: name,
    origin,
    kind,
    title: name,
    url,
    bytes: 0,
    now: now(),
    maxDocuments: MAX_DOCUMENTS,
  };
  const begun = await storage.beginDocument(document, token);
  if (begun) await storage.failDocument({ id: begun.id, token }, reason, now());
}

/** Also of documents that were added by hand, and of those whose vectors another model made. */
async function embedAll(options: SyncOptions, fail: (source: string, error: string) => void): Promise<void> {
  const { storage, shop, embedder, signal } = options;
  if (!embedder) return;
  for (const { id, source, chunks } of await storage.documents(shop)) {
    if (chunks === 0) continue;
    try {
      await embedDocument({ shop, id }, embedder, options);
    } catch (error) {
      signal.throwIfAborted();
      // An endpoint that is down is down for the others, too.
      fail(source, `No vectors could be made of it: ${(error as Error).message}`);
      return;
    }
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof DocumentError || error instanceof OutboundError) return error.message;
  return 'It could not be read.';
}
