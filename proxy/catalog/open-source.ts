import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { OutboundError } from '../outbound/types.ts';
import { decodeText } from './encoding.ts';
import { SourceError } from './source-error.ts';
import type { WebRequest } from './web.ts';

/** Where a feed or an export is read from. */
export type SourceInput = { file: string } | { url: string };

export interface OpenSourceOptions {
  /** Needed for a URL only. */
  request?: WebRequest | undefined;
  signal: AbortSignal;
  /** Largest file, in bytes. */
  maxBytes?: number | undefined;
  /** How the text is encoded, where the file itself doesn't say (a CSV never does). A byte order mark is stronger. */
  encoding?: string | undefined;
}

export interface OpenedSource {
  /** For the owner: the file's name, or the host of the URL. The rest of a URL may be a secret. */
  name: string;
  /** Reads from the beginning; may be called again. */
  text(): AsyncGenerator<string>;
  close(): Promise<void>;
}

/** A feed of 100,000 products with long descriptions is about 300 MB. */
const MAX_BYTES = 1024 ** 3;
const DOWNLOAD_MS = 15 * 60_000;

/**
 * Opens a file, or downloads a URL into a temporary one first: a shop's server doesn't wait while products go into the
 * database, a download that breaks off is known before the first product, and the file can be read twice.
 * @throws SourceError
 */
export async function openSource(input: SourceInput, options: OpenSourceOptions): Promise<OpenedSource> {
  if ('file' in input) {
    const name = path.basename(input.file);
    return { name, text: () => textOf(input.file, name, options), close: async () => {} };
  }
  const name = hostOf(input.url);
  const dir = await mkdtemp(path.join(tmpdir(), 'shop-clerk-feed-'));
  const close = () => rm(dir, { recursive: true, force: true });
  try {
    const file = path.join(dir, 'feed');
    const charset = await download(input.url, name, file, options);
    const encoding = options.encoding ?? charset;
    return { name, text: () => textOf(file, name, { ...options, encoding }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function download(url: string, name: string, file: string, options: OpenSourceOptions) {
  const { request, signal, maxBytes = MAX_BYTES } = options;
  if (request === undefined) throw new SourceError(`${name}: there is no way to the web here.`);
  try {
    const answer = await request(url, { signal, maxBytes, timeoutMs: DOWNLOAD_MS });
    if (answer.status !== 200) throw refusal(name, answer.status, answer.headers.get('retry-after'));
    await pipeline(bounded(answer.body, name, maxBytes), createWriteStream(file), { signal });
    return /charset="?([\w-]+)/i.exec(answer.headers.get('content-type') ?? '')?.[1];
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof SourceError) throw cause;
    // Worded for the owner, without the query.
    if (cause instanceof OutboundError) throw new SourceError(cause.message);
    // Neither the message nor the cause is passed on: both may hold the URL, and with it a key.
    throw new SourceError(`The feed from ${name} could not be downloaded (${kindOf(cause)}).`);
  }
}

function refusal(name: string, status: number, retryAfter: string | null): SourceError {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return new SourceError(`${name} answered ${status} instead of the feed.`, {
    ...(seconds !== undefined && { retryAfterMs: seconds * 1000 }),
  });
}

async function* textOf(file: string, name: string, options: OpenSourceOptions): AsyncGenerator<string> {
  const { signal, maxBytes = MAX_BYTES, encoding } = options;
  try {
    yield* decodeText(bounded(createReadStream(file, { signal }), name, maxBytes), { name, encoding });
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof SourceError || !(cause instanceof Error && 'code' in cause)) throw cause;
    if (cause.code === 'ENOENT') throw new SourceError(`There is no file ${file}.`, { cause });
    throw new SourceError(`${file} can't be read (${kindOf(cause)}).`, { cause });
  }
}

async function* bounded(bytes: AsyncIterable<Uint8Array>, name: string, maxBytes: number): AsyncGenerator<Uint8Array> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > maxBytes) throw new SourceError(`${name} is larger than ${Math.floor(maxBytes / 1024 ** 2)} MB.`);
    yield chunk;
  }
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) throw new SourceError('The URL of the feed is no URL.');
  return new URL(url).host;
}

/** "ECONNREFUSED", "TimeoutError". */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  const inner = error.cause instanceof Error ? error.cause : error;
  return 'code' in inner && typeof inner.code === 'string' ? inner.code : inner.name;
}
