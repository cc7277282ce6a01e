import OpenAI, { BadRequestError } from 'openai';
import { ChatError } from '../errors.ts';
import { AnswerReader } from './answer-reader.ts';
import { BodyReader } from './body-reader.ts';
import { createRedact, interrupted, requestFailure } from './responses-errors.ts';
import { ResponsesParser } from './responses-events.ts';
import { type DispensableField, dispensableField, type ReasoningEffort, toRequestBody } from './responses-request.ts';
import { retry, type RetryOptions } from './retry.ts';
import { TimeLimits } from './time-limits.ts';
import type { Model, ModelRequest } from './types.ts';
import { createUpstream, type UpstreamOptions, UpstreamResponse } from './upstream.ts';

export interface OpenAiResponsesOptions extends Partial<RetryOptions>, UpstreamOptions {
  apiKey: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  model: string;
  /** Left to the provider when absent. */
  reasoningEffort?: ReasoningEffort;
  /** Longest silence inside an answer; comments that keep a line warm don't break it. */
  idleTimeoutMs?: number;
  /** Longest call, retries included. */
  totalTimeoutMs?: number;
  /** Longest wait for the first sign of an answer, each try. */
  headersTimeoutMs?: number;
}

/**
 * A model behind the Responses API of OpenAI or of a compatible server. The SDK makes the request; its stream is not
 * used: it ends without a word when the line is cut cleanly or the caller aborts, never notices a stall, and costs twice
 * the CPU of all else that the proxy does. So the raw body is read here, and must end with its terminal event.
 *
 * A request is repeated only as long as no byte of an answer has come: after that the shopper has seen text.
 */
export function createOpenAiResponses({
  apiKey,
  baseUrl,
  model,
  reasoningEffort,
  idleTimeoutMs = 30_000,
  totalTimeoutMs = 180_000,
  headersTimeoutMs = 60_000,
  maxAttempts = 3,
  sleep,
  random,
  ...upstream
}: OpenAiResponsesOptions): Model {
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // Given so that the SDK takes nothing from the environment, which is main.ts's to read.
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: headersTimeoutMs,
    fetch: createUpstream(upstream),
  });
  const redact = createRedact(apiKey);
  /** Learned from the provider's refusals, for all later requests. */
  const without = new Set<DispensableField>();

  async function post(request: ModelRequest, signal: AbortSignal): Promise<Response> {
    const body = toRequestBody(request, { model, without, ...(reasoningEffort && { reasoningEffort }) });
    try {
      return await client.responses.create(body, { signal }).asResponse();
    } catch (error) {
      const field = error instanceof BadRequestError ? dispensableField(error.param) : undefined;
      if (field === undefined || !(field in body)) throw error;
      without.add(field);
      return post(request, signal);
    }
  }

  /** Resolves with the first bytes of the answer at hand. */
  async function open(request: ModelRequest, limits: TimeLimits): Promise<BodyReader> {
    // The SDK's timer watches over the headers.
    limits.hold();
    const response = await post(request, limits.signal);
    if (!(response instanceof UpstreamResponse) || response.incoming === null) {
      const what = `HTTP ${response.status}, ${response.headers.get('content-type')}: ${await response.text()}`;
      const cause = new Error(redact(what));
      throw new ChatError('model_unavailable', "The model's provider answered with no event stream.", { cause });
    }
    limits.alive();
    const body = new BodyReader(response.incoming);
    if (await body.more()) return body;
    throw new ChatError('model_unavailable', "The model's provider ended its answer before it began.");
  }

  return {
    id: model,

    async *stream(request, signal) {
      const limits = new TimeLimits(signal, { idleTimeoutMs, totalTimeoutMs });
      const parser = new ResponsesParser(model, request, redact);
      let body: BodyReader | undefined;
      try {
        body = await retry(
          () => open(request, limits),
          (error) => requestFailure(error, redact),
          limits.signal,
          { maxAttempts, ...(sleep && { sleep }), ...(random && { random }) },
        );
        const answer = new AnswerReader(body, parser, limits);
        while (!parser.ended) {
          for (const event of await answer.read()) yield event;
        }
      } catch (error) {
        limits.signal.throwIfAborted();
        throw body === undefined ? error : interrupted(error, redact);
      } finally {
        body?.release({ drain: parser.ended });
        limits.end();
      }
    },
  };
}
