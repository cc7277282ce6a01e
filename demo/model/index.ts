/**
 * The keyless demo model: an OpenAI-compatible server on loopback, so that the shop works without an API key over the
 * same path as with one. It is a script, not an AI, and whoever shows its answers says so.
 */
import { createServer, type ChatCompletionRequest, type Fixture } from '@copilotkit/aimock';
import { reply, type Reply } from './reply.ts';

export interface DemoModelOptions {
  /** Aborted: the server closes. */
  signal?: AbortSignal;
  /** Pause before each piece of a stream, in milliseconds. */
  tokenDelayMs?: number;
  /** What it says; only tests need another one. */
  respond?: (request: ChatCompletionRequest) => Reply;
}

export interface DemoModel {
  /** For `OPENAI_BASE_URL`: ends in /v1. */
  baseUrl: string;
  /** Cuts what is still streaming. */
  close(): Promise<void>;
}

/** UTF-16 code units in one piece of text: about a word with its space. */
const WORD = 6;

export async function startDemoModel({
  signal,
  tokenDelayMs = 25,
  respond = reply,
}: DemoModelOptions = {}): Promise<DemoModel> {
  signal?.throwIfAborted();
  const respondWithUsage = (request: ChatCompletionRequest) => {
    const made = respond(request);
    return { ...made, usage: usageOf(request, made) };
  };
  // The size of the pieces belongs to a fixture, not to an answer: text comes in words, arguments come whole.
  const fixtures: Fixture[] = [
    {
      match: { predicate: (request) => 'content' in respond(request) },
      response: respondWithUsage,
      chunkSize: WORD,
      latency: tokenDelayMs,
    },
    { match: {}, response: respondWithUsage, chunkSize: 4096, latency: tokenDelayMs },
  ];
  // It would keep the last 1000 requests, which hold what people wrote. 0 would mean "all".
  const { server, url } = await createServer(fixtures, { host: '127.0.0.1', port: 0, journalMaxEntries: 1 });

  let closed: Promise<void> | undefined;
  const stop = () => void close();
  function close() {
    closed ??= new Promise<void>((resolve, reject) => {
      signal?.removeEventListener('abort', stop);
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    });
    return closed;
  }
  signal?.addEventListener('abort', stop, { once: true });
  return { baseUrl: `${url}/v1`, close };
}

/** Four characters to a token: the usual rule of thumb, since there is no tokenizer here. */
function usageOf({ messages, tools }: ChatCompletionRequest, made: Reply) {
  const tokens = (value: unknown) => Math.ceil(JSON.stringify(value).length / 4);
  return {
    input_tokens: tokens([messages, tools ?? []]),
    output_tokens: tokens(['content' in made ? made.content : '', made.toolCalls ?? []]),
  };
}
