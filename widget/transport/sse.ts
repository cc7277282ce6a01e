import { createParser } from 'eventsource-parser';

export interface SseMessage {
  /** `message` unless the sender named it. */
  type: string;
  data: string;
  /** The id to resume after this message; '' when none was sent yet. */
  lastEventId: string;
}

export interface SseReaderOptions {
  /** Characters of an unfinished message that are kept at most. */
  maxBufferSize?: number;
}

/** Bytes in, messages out; no I/O. Bytes may be cut anywhere. `push` throws when a message outgrows the buffer. */
export class SseReader {
  /** What a request that resumes sends as `Last-Event-ID`. */
  lastEventId = '';
  /** What the server asks to wait before reconnecting, in milliseconds. */
  retryMs: number | null = null;

  // Keeps the BOM, because the parser takes one away too, and only one may go.
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #parser;
  #messages: SseMessage[] = [];

  constructor({ maxBufferSize = 1_000_000 }: SseReaderOptions = {}) {
    this.#parser = createParser({
      maxBufferSize,
      onId: (id) => (this.lastEventId = id),
      onRetry: (ms) => (this.retryMs = ms),
      onEvent: ({ event = 'message', data }) =>
        this.#messages.push({ type: event, data, lastEventId: this.lastEventId }),
      onError: (error) => {
        // The other kinds are lines that the specification says to ignore.
        if (error.type === 'max-buffer-size-exceeded') throw error;
      },
    });
  }

  push(bytes: Uint8Array): SseMessage[] {
    this.#messages = [];
    this.#parser.feed(this.#decoder.decode(bytes, { stream: true }));
    return this.#messages;
  }
}

export interface ReadSseOptions {
  reader?: SseReader;
  /** Longest silence in milliseconds; then the line counts as broken. */
  stallMs: number;
  signal: AbortSignal;
}

/**
 * The messages of a body. Rejects on silence, on an oversized message and with whatever broke the body; the body is
 * cancelled in every case, also when the caller just stops reading.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  { reader = new SseReader(), stallMs, signal }: ReadSseOptions,
): AsyncGenerator<SseMessage, void, undefined> {
  // Not `for await (… of body)`: WebKit's streams can't be iterated.
  const source = body.getReader();
  const cancel = (): void => void source.cancel().catch(() => {});
  signal.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { done, value } = await orStall(source.read(), stallMs);
      signal.throwIfAborted();
      if (done) return;
      yield* reader.push(value);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    // What broke the body is thrown already; cancelling a broken body only repeats it.
    cancel();
  }
}

async function orStall<T>(read: Promise<T>, stallMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stall = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No bytes for ${stallMs} ms.`)), stallMs);
  });
  try {
    return await Promise.race([read, stall]);
  } finally {
    clearTimeout(timer);
  }
}
