import type OpenAI from 'openai';
import { ChatError } from '../errors.ts';
import type { Embedder } from '../knowledge/types.ts';
import type { Guard } from '../outbound/types.ts';
import type { ShopEmbeddings } from '../shops/types.ts';
import type { CallOutcome, UsageRow } from '../storage/types.ts';
import { estimateTokens } from '../tokens.ts';
import { createKeptClients } from './kept-clients.ts';
import { createOpenAiClient } from './openai-client.ts';
import { billOf } from './pricing.ts';
import { createRedact, requestFailure } from './provider-errors.ts';

/** A batch of chunks; a question takes some 200 ms. */
const TIMEOUT_MS = 30_000;
/** A hundred vectors of 3,072 numbers as base64 are under 2 MB; as digits, some servers' only way, ten times that. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

const NO_TOKENS = { cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0, reasoningTokens: 0 } as const;

export interface EmbedderOptions {
  model: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: string;
  /** Left out where the address is the proxy's own setting. */
  guard?: Guard;
  timeoutMs?: number;
  /** Told of each call when it has ended; what it throws, the call throws. */
  onUsage?: OnUsage;
  now?: () => number;
}

type OnUsage = (usage: Omit<UsageRow, 'shop'>) => Promise<void>;

/** Of the shops' servers, one for each server, key and model. */
export function createEmbedders({ guard }: { guard: Guard }) {
  const clients = createKeptClients<Client>();
  return function embedderFor({ model, baseUrl, apiKey, guarded }: ShopEmbeddings, onUsage?: OnUsage): Embedder {
    const options = { model, baseUrl, apiKey: apiKey.reveal(), ...(guarded && { guard }) };
    const client = clients.of([baseUrl, options.apiKey, model, guarded], () => createClient(options));
    return embedderWith(client, { ...options, ...(onUsage && { onUsage }) });
  };
}

/** `POST /v1/embeddings` of any server that is compatible. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  return embedderWith(createClient(options), options);
}

type Client = OpenAI['embeddings'];

function createClient({ baseUrl, apiKey, guard, timeoutMs = TIMEOUT_MS }: EmbedderOptions): Client {
  const server = { baseUrl, apiKey, timeoutMs, maxRetries: 2, maxBytes: MAX_ANSWER_BYTES };
  return createOpenAiClient({ ...server, ...(guard && { guard }) }).embeddings;
}

function embedderWith(client: Client, { model, baseUrl, apiKey, onUsage, now = Date.now }: EmbedderOptions): Embedder {
  const redact = createRedact(apiKey);

  async function note(outcome: CallOutcome, inputTokens: number, began: number, estimated = false): Promise<void> {
    const used = { ...NO_TOKENS, inputTokens, estimated };
    await onUsage?.({
      ...used,
      ...billOf({ model, prices: null }, used),
      threadId: '',
      turnId: '',
      model,
      firstTokenMs: null,
      durationMs: Math.round(now() - began),
      outcome,
      purpose: 'embedding',
      arm: '',
      fromCache: false,
      retries: 0,
      createdAt: began,
    });
  }

  return {
    model: `${model} at ${new URL(baseUrl).host}`,
    async embed(texts, signal) {
      if (texts.length === 0) return [];
      const began = now();
      const guessed = () => texts.reduce((sum, text) => sum + estimateTokens(text), 0);
      let answer: { data: unknown; usage?: { prompt_tokens?: unknown } | null };
      try {
        // Not every server knows base64, which the SDK would ask for.
        answer = await client.create({ model, input: [...texts], encoding_format: 'float' }, { signal });
      } catch (error) {
        // One that was let go may have been reckoned all the same; one that was refused was not.
        await (signal.aborted ? note('cancelled', guessed(), began, true) : note('error', 0, began));
        signal.throwIfAborted();
        throw requestFailure(error, redact);
      }
      const tokens = answer.usage?.prompt_tokens;
      const isCounted = Number.isSafeInteger(tokens);
      await note('ok', isCounted ? (tokens as number) : guessed(), began, !isCounted);
      return vectorsIn(answer.data, texts.length);
    },
  };
}

function vectorsIn(data: unknown, count: number): Float32Array[] {
  if (!Array.isArray(data) || data.length !== count) throw unreadable();
  const vectors = data.map((one: { embedding?: unknown } | null) => {
    const values = one?.embedding;
    if (!Array.isArray(values) || values.length === 0 || !values.every((value) => Number.isFinite(value)))
      throw unreadable();
    return unit(Float32Array.from(values as number[]));
  });
  if (vectors.some(({ length }) => length !== vectors[0]!.length)) throw unreadable();
  return vectors;
}

/** Of length one, so that nearness is a product. */
function unit(values: Float32Array): Float32Array {
  const length = Math.hypot(...values);
  return length === 0 ? values : values.map((value) => value / length);
}

function unreadable(): ChatError {
  return new ChatError('model_unavailable', "The embeddings' answer can't be read.");
}
