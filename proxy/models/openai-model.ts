import { APIError, type OpenAI } from 'openai';
import { ChatError } from '../errors.ts';
import type { AnswerParser } from './answer-collector.ts';
import { AnswerReader } from './answer-reader.ts';
import { BodyReader } from './body-reader.ts';
import { capabilitiesOf } from './capabilities.ts';
import { accountOf, createHostedSearches } from './hosted-search.ts';
import { createOpenAiClient } from './openai-client.ts';
import { lessonOf } from './refusals.ts';
import { createRedact, interrupted, type Redact, requestFailure } from './provider-errors.ts';
import { TimeLimits } from './time-limits.ts';
import type { Capabilities, Model, ModelRequest, ReasoningEffort } from './types.ts';
import { type UpstreamOptions, UpstreamResponse } from './upstream.ts';

export interface OpenAiOptions extends UpstreamOptions {
  apiKey: string;
  /** Up to and including `/v1`. */
  baseUrl: string;
  model: string;
  /** What the owner knows better than the table of `capabilities.ts`. */
  capabilities?: Partial<Capabilities>;
  /** Left to the provider when absent, and where the model takes none. */
  reasoningEffort?: ReasoningEffort;
  /** The same. 0 to 2. */
  temperature?: number;
  /** Longest silence inside an answer; comments that keep a line warm don't break it. */
  idleTimeoutMs?: number;
  /** Longest call. */
  totalTimeoutMs?: number;
  /** Longest wait for the first sign of an answer. */
  headersTimeoutMs?: number;
  /** Longest wait for the count and the end mark, when all of the answer is there. */
  trailerTimeoutMs?: number;
  /** Longest wait for a count of a request's tokens. */
  countTimeoutMs?: number;
  /** Told once of each reason why the provider's own search is not used. */
  log?: { warn(fields: object, message: string): void };
}

/** What a body is made with besides the request. */
export interface BodySettings {
  model: string;
  capabilities: Capabilities;
  reasoningEffort?: ReasoningEffort;
  temperature?: number;
}

/** A dialect of OpenAI's API. */
export interface OpenAiWire<Body extends object> {
  /** Its servers may search by themselves. */
  readonly searches: boolean;
  toBody(request: ModelRequest, settings: BodySettings): Body;
  post(client: OpenAI, body: Body, options: { signal: AbortSignal }): Promise<Response>;
  createParser(request: ModelRequest, settings: BodySettings, redact: Redact): AnswerParser;
  /** Tokens of the body's input; only in a dialect that can ask for it. */
  count?(client: OpenAI, body: Body, options: { signal: AbortSignal; timeout: number }): Promise<number>;
}

/** Lessons of one request; a server that refuses more than these refuses everything. */
const MAX_LESSONS = 8;
/** A server that answers so has no such endpoint. */
const NOT_THERE: ReadonlySet<number | undefined> = new Set([404, 405, 501]);

/**
 * A model behind OpenAI or a compatible server, in either dialect. The SDK makes the request; its stream is not used: it
 * ends without a word when the line is cut cleanly or the caller aborts, never notices a stall, and costs twice the CPU of
 * all else that the proxy does. So the raw body is read here, and must end with its terminal event.
 *
 * A request is made once; `withRetry` makes it again where the error's `fault` is `passing`, which says that no byte of an
 * answer has come. Only what a server refuses by name is left out at once, and from then on.
 */
export function createOpenAiModel<Body extends object>(
  wire: OpenAiWire<Body>,
  {
    apiKey,
    baseUrl,
    model,
    capabilities: overrides,
    reasoningEffort,
    temperature,
    idleTimeoutMs = 30_000,
    totalTimeoutMs = 180_000,
    headersTimeoutMs = 60_000,
    trailerTimeoutMs = 2_000,
    countTimeoutMs = 2_000,
    log,
    ...upstream
  }: OpenAiOptions,
): Model {
  const client = createOpenAiClient({ apiKey, baseUrl, timeoutMs: headersTimeoutMs, ...upstream });
  const redact = createRedact(apiKey);
  const settings: BodySettings = {
    model,
    capabilities: capabilitiesOf({ model, baseUrl }, overrides),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(temperature !== undefined && { temperature }),
  };
  const hosted = createHostedSearches({ model, account: accountOf({ baseUrl, apiKey }), redact, log });
  /** Without what this server can't do for it. */
  const able = (request: ModelRequest) =>
    hosted.able(request, { wire: wire.searches, server: settings.capabilities.fileSearch });

  async function post(given: ModelRequest, signal: AbortSignal): Promise<Response> {
    let request = able(given);
    for (let lessons = 0; ; lessons++) {
      const body = wire.toBody(request, settings);
      try {
        return await wire.post(client, body, { signal });
      } catch (error) {
        const instead = hosted.afterRefusal(error, request);
        if (instead) {
          request = instead;
          continue;
        }
        const lesson = lessonOf(error, body, settings.capabilities);
        if (lesson === undefined || lessons === MAX_LESSONS) throw error;
        settings.capabilities = { ...settings.capabilities, ...lesson };
        request = able(request);
      }
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
      throw new ChatError('model_unavailable', "The model's provider answered with no event stream.", {
        cause,
        fault: 'passing',
      });
    }
    limits.alive();
    const body = new BodyReader(response.incoming);
    if (await body.more()) return body;
    throw new ChatError('model_unavailable', "The model's provider ended its answer before it began.", {
      fault: 'passing',
    });
  }

  return {
    id: model,

    async *stream(request, signal) {
      const limits = new TimeLimits(signal, { idleTimeoutMs, totalTimeoutMs });
      const parser = wire.createParser(request, settings, redact);
      let body: BodyReader | undefined;
      try {
        body = await open(request, limits);
        const answer = new AnswerReader(body, parser, limits, trailerTimeoutMs);
        while (!parser.ended) {
          // What has come is told, also after a Stop: what waits behind it must not stand there without it.
          for (const event of await answer.read()) yield event;
          signal.throwIfAborted();
        }
      } catch (error) {
        const failure = body === undefined ? requestFailure(error, redact) : interrupted(error, redact);
        const thrown: unknown = limits.signal.aborted ? limits.signal.reason : failure;
        for (const event of parser.rest()) yield event;
        throw thrown;
      } finally {
        body?.release({ drain: parser.ended });
        limits.end();
      }
    },

    async count(request, signal) {
      if (!wire.count || !settings.capabilities.countsInput) return null;
      const done = new AbortController();
      try {
        const body = wire.toBody(able(request), settings);
        const options = { signal: AbortSignal.any([signal, done.signal]), timeout: countTimeoutMs };
        const tokens = await wire.count(client, body, options);
        return Number.isSafeInteger(tokens) && tokens > 0 ? tokens : null;
      } catch (error) {
        signal.throwIfAborted();
        // A count is never worth an answer: whoever asked goes by the guess. What ails the server, the call itself will say.
        if (error instanceof APIError && NOT_THERE.has(error.status))
          settings.capabilities = { ...settings.capabilities, countsInput: false };
        return null;
      } finally {
        // A server that answers with an event stream would keep its line open: nobody reads it.
        done.abort();
      }
    },
  };
}
