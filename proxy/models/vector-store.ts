import { APIError, type OpenAI } from 'openai';
import { cleanLine } from '../clean-text.ts';
import { ChatError } from '../errors.ts';
import type { DocumentStore, StoredCopy, StoredPart } from '../knowledge/types.ts';
import type { Guard } from '../outbound/types.ts';
import type { ErrorCode } from '../protocol/index.ts';
import type { ShopDocumentStore } from '../shops/types.ts';
import { accountOf } from './hosted-search.ts';
import { createKeptClients } from './kept-clients.ts';
import { createOpenAiClient } from './openai-client.ts';
import { createRedact, requestFailure, type Redact } from './provider-errors.ts';

/** Of a request; a question waits less (knowledge/knowledge.ts). */
const TIMEOUT_MS = 60_000;
/** Fifty parts of 4,096 tokens each are some 800 kB. */
const MAX_ANSWER_BYTES = 4 * 2 ** 20;
/** The API's own. */
const MAX_FOUND = 50;
const PAGE = 100;
/** UTF-16 code units of a file's name, which is shown as a title. */
const MAX_NAME = 200;

/** How we find our own files again. */
const INSTALLATION = 'clerk_installation';
const SHOP = 'clerk_shop';
const DOCUMENT = 'clerk_document';

export interface VectorStoreOptions {
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: string;
  /** Left out where the address is the proxy's own setting. */
  guard?: Guard;
  timeoutMs?: number;
}

/** Of the shops' servers, one for each server and key. */
export function createVectorStores({ guard }: { guard: Guard }): (settings: ShopDocumentStore) => DocumentStore {
  const stores = createKeptClients<DocumentStore>();
  return function storeFor({ baseUrl, apiKey: secret, guarded }) {
    const apiKey = secret.reveal();
    return stores.of([baseUrl, apiKey, guarded], () =>
      createVectorStore({ baseUrl, apiKey, ...(guarded && { guard }) }),
    );
  };
}

/**
 * `/v1/files` and `/v1/vector_stores`. It is searched by its own endpoint: what it finds then gets our numbers and our
 * citations, whichever model answers over whichever wire. Where a shop wants the hosted tool `file_search`, it goes with the
 * question to the model (hosted-search.ts).
 */
export function createVectorStore(options: VectorStoreOptions): DocumentStore {
  const { baseUrl, apiKey, timeoutMs = TIMEOUT_MS } = options;
  // What may be tried again is decided by who knows how long there is (knowledge/mirror.ts).
  const { files, vectorStores } = createOpenAiClient({ ...options, timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  const redact = createRedact(apiKey);

  async function ask<R>(request: (options: { signal: AbortSignal }) => Promise<R>, signal: AbortSignal): Promise<R> {
    try {
      const answer = await request({ signal });
      // Whatever stands there may answer whatever it likes.
      if (answer === null) throw unreadable();
      return answer;
    } catch (error) {
      signal.throwIfAborted();
      throw storeFailure(error, redact);
    }
  }

  /** Undefined where there is nothing of that name. */
  const askFor = <R>(request: (options: { signal: AbortSignal }) => Promise<R>, signal: AbortSignal) =>
    ask((given) => request(given).catch(undefinedWhenGone), signal);

  return {
    endpoint: new URL(baseUrl).host,
    account: accountOf({ baseUrl, apiKey }),
    only: (shop, documents) => ({ [SHOP]: [shop], [DOCUMENT]: documents }),
    async create(name, signal) {
      const { id } = await ask((given) => vectorStores.create({ name }, given), signal);
      return textOf(id);
    },
    async exists(store, signal) {
      const found = await askFor((given) => vectorStores.retrieve(store, given), signal);
      return found !== undefined && found.status !== 'expired';
    },
    async upload({ name, text }, signal) {
      const file = new File([text], name, { type: 'text/markdown' });
      const { id } = await ask((given) => files.create({ file, purpose: 'assistants' }, given), signal);
      return textOf(id);
    },
    async attach(store, file, { installation, shop, document }, signal) {
      const attributes = { [INSTALLATION]: installation, [SHOP]: shop, [DOCUMENT]: document };
      await ask((given) => vectorStores.files.create(store, { file_id: file, attributes }, given), signal);
    },
    async stateOf(store, file, signal) {
      const found = await askFor(
        (given) => vectorStores.files.retrieve(file, { vector_store_id: store }, given),
        signal,
      );
      return found && copyState(found, redact);
    },
    async remove(store, file, signal) {
      await askFor((given) => vectorStores.files.delete(file, { vector_store_id: store }, given), signal);
      await askFor((given) => files.delete(file, given), signal);
    },
    async files(store, limit, signal) {
      return ask(async (given) => {
        const all: Awaited<ReturnType<DocumentStore['files']>> = [];
        for await (const { id, attributes } of vectorStores.files.list(store, { limit: PAGE }, given)) {
          all.push({ file: id, ...copyOf(attributes) });
          if (all.length >= limit) break;
        }
        return all;
      }, signal);
    },
    async search(store, { text, limit }, signal) {
      const body = { query: text, max_num_results: Math.min(limit, MAX_FOUND), rewrite_query: false };
      const { data } = await ask((given) => vectorStores.search(store, body, given), signal);
      if (!Array.isArray(data)) throw unreadable();
      return data.slice(0, limit).flatMap(partOf);
    },
  };
}

function partOf(found: OpenAI.VectorStoreSearchResponse | null): StoredPart[] {
  const { file_id: file, filename: name, content, attributes } = found ?? {};
  const texts = Array.isArray(content)
    ? content.flatMap((part: { text?: unknown } | null) => (typeof part?.text === 'string' ? [part.text] : []))
    : [];
  if (typeof file !== 'string' || texts.length === 0) return [];
  return [
    {
      file,
      name: (typeof name === 'string' ? name : file).slice(0, MAX_NAME),
      text: texts.join('\n'),
      ...copyOf(attributes),
    },
  ];
}

function copyOf(attributes: Record<string, unknown> | null | undefined) {
  const { [INSTALLATION]: installation = '', [SHOP]: shop, [DOCUMENT]: document } = attributes ?? {};
  if (typeof shop !== 'string' || typeof document !== 'string') return {};
  return { copyOf: { installation: typeof installation === 'string' ? installation : '', shop, document } };
}

/** The owners of a shop read it, and the key is often not theirs. */
function copyState({ status, last_error: failure }: OpenAI.VectorStores.VectorStoreFile, redact: Redact): StoredCopy {
  if (status === 'completed') return { state: 'ready', error: null };
  if (status === 'in_progress') return { state: 'waiting', error: null };
  const line = (text: unknown, most: number) => cleanLine(typeof text === 'string' ? redact(text) : '', most);
  const said = failure ? ` (${line(failure.code, 40)}: ${line(failure.message, 200)})` : '';
  const error =
    failure?.code === 'unsupported_file' || failure?.code === 'invalid_file'
      ? `The vector store could not read it${said}.`
      : `The vector store gave up on it${said}; it is sent again with the next reading.`;
  return { state: 'failed', error };
}

const MESSAGES: Partial<Record<ErrorCode, string>> = {
  model_quota: "The account of the vector store has no credit left, or has reached its provider's limit.",
  model_rate_limited: 'The vector store takes no more for now (rate limit); it is sent again with the next reading.',
  model_unavailable: "The vector store can't be reached or is out of order; it is sent again with the next reading.",
  model_timeout: "The vector store didn't answer in time; it is sent again with the next reading.",
};

function storeFailure(error: unknown, redact: Redact): ChatError {
  const failure = requestFailure(error, redact);
  const { code, fault, retryAfterMs, cause } = failure;
  const message = MESSAGES[code] ?? (error instanceof APIError ? refusal(error, redact) : failure.message);
  return new ChatError(code, message, { cause, fault, retryAfterMs });
}

function refusal({ status, message }: APIError, redact: Redact): string {
  if (status === 401 || status === 403) return `The vector store refuses the API key (${status}).`;
  const said = cleanLine(redact(message).replace(/^\d{3} /, ''), 200);
  if (status === 404) return `The vector store, or a file of it, is not there (404): ${said}`;
  return `The vector store does not take it (${status}): ${said}`;
}

function undefinedWhenGone(error: unknown): undefined {
  if (error instanceof APIError && error.status === 404) return undefined;
  throw error;
}

function textOf(id: unknown): string {
  if (typeof id !== 'string' || id === '') throw unreadable();
  return id;
}

function unreadable(): ChatError {
  return new ChatError('model_unavailable', "The vector store's answer can't be read.");
}
