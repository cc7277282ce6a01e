import OpenAI from 'openai';
import { ChatError } from '../errors.ts';
import type { Embedder } from '../knowledge/types.ts';
import type { Guard } from '../outbound/types.ts';
import type { ShopEmbeddings } from '../shops/types.ts';
import { createRedact, requestFailure } from './provider-errors.ts';
import { createUpstream } from './upstream.ts';

/** A batch of chunks; a question takes some 200 ms. */
const TIMEOUT_MS = 30_000;
/** A hundred vectors of 3,072 numbers as base64 are under 2 MB; as digits, some servers' only way, ten times that. */
const MAX_ANSWER_BYTES = 32 * 2 ** 20;

const MAX_CLIENTS = 200;

export interface EmbedderOptions {
  model: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: string;
  /** Left out where the address is the proxy's own setting. */
  guard?: Guard;
  timeoutMs?: number;
}

/** Of the shops' servers, one for each server, key and model. */
export function createEmbedders({ guard }: { guard: Guard }): (settings: ShopEmbeddings) => Embedder {
  const known = new Map<string, Embedder>();
  return function embedderFor({ model, baseUrl, apiKey, guarded }) {
    const name = JSON.stringify([baseUrl, apiKey.reveal(), model, guarded]);
    let embedder = known.get(name);
    if (!embedder) {
      if (known.size >= MAX_CLIENTS) known.delete(known.keys().next().value!);
      embedder = createEmbedder({ model, baseUrl, apiKey: apiKey.reveal(), ...(guarded && { guard }) });
      known.set(name, embedder);
    }
    return embedder;
  };
}

/** `POST /v1/embeddings` of any server that is compatible. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const { model, baseUrl, apiKey, guard, timeoutMs = TIMEOUT_MS } = options;
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // Given so that the SDK takes nothing from the environment, which is main.ts's to read.
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries: 2,
    timeout: timeoutMs,
    fetch: createUpstream({ maxBytes: MAX_ANSWER_BYTES, ...(guard && { guard }) }),
  });
  const redact = createRedact(apiKey);
  return {
    model: `${model} at ${new URL(baseUrl).host}`,
    async embed(texts, signal) {
      if (texts.length === 0) return [];
      let data: unknown;
      try {
        // Not every server knows base64, which the SDK would ask for.
        ({ data } = await client.embeddings.create({ model, input: [...texts], encoding_format: 'float' }, { signal }));
      } catch (error) {
        signal.throwIfAborted();
        throw requestFailure(error, redact);
      }
      return vectorsIn(data, texts.length);
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
