import { createHash } from 'node:crypto';
import type OpenAI from 'openai';
import { APIError } from 'openai';
import { cleanLine } from '../clean-text.ts';
import type { Redact } from './provider-errors.ts';
import type { HostedSearch, ModelRequest } from './types.ts';

/** Servers say so with any of these. 403: a key that may not read stores. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 403, 404, 422]);
const ABOUT_STORE = /vector[ _]?stores?|\bvs_|filters?\b/i;
const ABOUT_SEARCH = /file_search/i;
/** Reasons that are told of one model. */
const MAX_TOLD = 20;

/** One server and key: a store of another one means nothing there. A mark, from which neither can be read. */
export function accountOf({ baseUrl, apiKey }: { baseUrl: string; apiKey: string }): string {
  const place = baseUrl.replace(/\/+$/, '');
  return createHash('sha256')
    .update(JSON.stringify([place, apiKey]))
    .digest('base64url')
    .slice(0, 16);
}

/** OpenAI's hosted tool. What the filter leaves out, the model can't be given to read. */
export function toFileSearch({ store, only, maxParts }: HostedSearch): OpenAI.Responses.FileSearchTool {
  const filters = Object.entries(only).map(([key, values]): OpenAI.ComparisonFilter =>
    values.length === 1 ? { type: 'eq', key, value: values[0]! } : { type: 'in', key, value: [...values] },
  );
  return {
    type: 'file_search',
    vector_store_ids: [store],
    max_num_results: maxParts,
    filters: { type: 'and', filters },
    ranking_options: { ranker: 'auto' },
  };
}

export interface HostedSearchesOptions {
  model: string;
  account: string;
  redact: Redact;
  log?: { warn(fields: object, message: string): void } | undefined;
}

/**
 * Whether one model's server can search by itself. Where it can't, the request goes without: the model is then given our
 * own tool, which asks the store's search endpoint.
 */
export function createHostedSearches({ model, account, redact, log }: HostedSearchesOptions) {
  const told = new Set<string>();
  /** Since the server said that it knows no such tool. */
  let isUnknown = false;

  function without({ hosted, ...request }: ModelRequest, why: string): ModelRequest {
    if (!told.has(why) && told.size < MAX_TOLD) {
      told.add(why);
      log?.warn({ model, why }, `the provider's own search is not used: ${hosted?.replaces} looks instead`);
    }
    return request;
  }

  return {
    able(request: ModelRequest, can: { wire: boolean; server: boolean }): ModelRequest {
      if (!request.hosted) return request;
      if (!can.wire) return without(request, 'Chat Completions has none');
      if (!can.server || isUnknown) return without(request, "the model's server is not known to have one");
      if (request.hosted.account !== account) return without(request, 'the store is at another server or key');
      return request;
    },
    /** The same request without the search, where that is what was refused: a store that is gone must not cost the answer. */
    afterRefusal(error: unknown, request: ModelRequest): ModelRequest | undefined {
      if (!request.hosted || !(error instanceof APIError) || !REFUSALS.has(error.status)) return undefined;
      const { message } = error;
      const isAboutStore = ABOUT_STORE.test(message);
      if (!isAboutStore && !ABOUT_SEARCH.test(message)) return undefined;
      isUnknown ||= !isAboutStore;
      return without(request, cleanLine(redact(message), 200));
    },
  };
}
