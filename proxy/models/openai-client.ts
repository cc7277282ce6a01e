import OpenAI from 'openai';
import { createUpstream, type UpstreamOptions } from './upstream.ts';

export interface OpenAiClientOptions extends UpstreamOptions {
  /** Up to and including `/v1`. */
  baseUrl: string;
  apiKey: string;
  /** Of a request, to the beginning of its answer. */
  timeoutMs: number;
  /** Most who ask know themselves what may be tried again, and how long there is. */
  maxRetries?: number;
}

/** The SDK for one server, over connections of ours. */
export function createOpenAiClient({
  baseUrl,
  apiKey,
  timeoutMs,
  maxRetries = 0,
  ...upstream
}: OpenAiClientOptions): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // Given so that the SDK takes nothing from the environment, which is main.ts's to read.
    organization: null,
    project: null,
    logLevel: 'off',
    maxRetries,
    timeout: timeoutMs,
    fetch: createUpstream(upstream),
  });
}
