import { ChatError } from '../errors.ts';
import type { Guard } from '../outbound/types.ts';
import type { ShopModeration } from '../shops/types.ts';
import { createKeptClients } from './kept-clients.ts';
import { createOpenAiClient } from './openai-client.ts';
import { createRedact, requestFailure } from './provider-errors.ts';
import type { Moderation } from './types.ts';

const TIMEOUT_MS = 3_000;
/** A text that is longer is asked about in pieces, all in one request. */
const MAX_PIECE = 8_000;
/** More is read of no text: twice the longest message that a shop may allow. */
const MAX_TEXT = 200_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** An endpoint that is down fails with every answer; one line tells of all of them. */
const LOG_EVERY_MS = 60_000;

export interface ModerationsOptions {
  guard: Guard;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  timeoutMs?: number;
}

/** `POST /v1/moderations` of the shops' servers, one client for each server, key and model. */
export function createModerations(options: ModerationsOptions): (settings: ShopModeration) => Moderation {
  const clients = createKeptClients<Moderation>();
  return function moderationFor({ baseUrl, apiKey: secret, model, guarded }) {
    const apiKey = secret.reveal();
    return clients.of([baseUrl, apiKey, model, guarded], () =>
      createModeration({ baseUrl, apiKey, model, guarded }, options),
    );
  };
}

function createModeration(
  { baseUrl, apiKey, model, guarded }: { baseUrl: string; apiKey: string; model: string; guarded: boolean },
  { guard, log, now = Date.now, timeoutMs = TIMEOUT_MS }: ModerationsOptions,
): Moderation {
  const server = { baseUrl, apiKey, timeoutMs, maxBytes: MAX_ANSWER_BYTES };
  const client = createOpenAiClient({ ...server, ...(guarded && { guard }) });
  const redact = createRedact(apiKey);
  let missed = 0;
  let loggedAt = -Infinity;

  function miss(error: unknown): null {
    missed++;
    if (now() - loggedAt < LOG_EVERY_MS) return null;
    const { code, cause } = requestFailure(error, redact);
    log.warn({ model, missed, code, err: cause }, 'the moderation gave no verdict');
    loggedAt = now();
    missed = 0;
    return null;
  }

  return {
    async check(text, signal) {
      const input = piecesOf(text);
      try {
        const { results } = await client.moderations.create(
          { model, input: input.length === 1 ? input[0]! : input },
          { signal },
        );
        return categoriesIn(results);
      } catch (error) {
        signal.throwIfAborted();
        return miss(error);
      }
    },
  };
}

function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < Math.min(text.length, MAX_TEXT); at += MAX_PIECE) {
    pieces.push(text.slice(at, at + MAX_PIECE).toWellFormed());
  }
  return pieces.length === 0 ? [''] : pieces;
}

/** @throws ChatError for an answer that is no verdict: not every server that says 200 has understood */
function categoriesIn(results: unknown): string[] {
  if (!Array.isArray(results) || results.length === 0) throw noVerdict();
  const found = new Set<string>();
  for (const result of results as ({ flagged?: unknown; categories?: unknown } | null)[]) {
    if (typeof result?.flagged !== 'boolean') throw noVerdict();
    if (!result.flagged) continue;
    const named = Object.entries(result.categories ?? {}).filter(([, is]) => is === true);
    for (const [category] of named) found.add(category);
    if (named.length === 0) found.add('flagged');
  }
  return [...found];
}

function noVerdict(): ChatError {
  return new ChatError('model_unavailable', "The moderation's answer can't be read.");
}
