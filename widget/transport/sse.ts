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

/**
 * Bytes in, messages out, by the rules of the HTML standard (9.2.6); no I/O. Bytes may be cut anywhere. `push` throws when a
 * message outgrows the buffer.
 */
export class SseReader {
  /** What a request that resumes sends as `Last-Event-ID`. */
  lastEventId = '';
  /** What the server asks to wait before reconnecting, in milliseconds. */
  retryMs: number | null = null;

  readonly #maxBufferSize: number;
  /** Takes a byte order mark away, at the very beginning. */
  readonly #decoder = new TextDecoder();
  /** The line that has no end yet. */
  #line = '';
  /** The last character was a CR: an LF after it belongs to the same line's end. */
  #halfEnd = false;
  #type = '';
  #id = '';
  #data: string[] = [];

  constructor({ maxBufferSize = 1_000_000 }: SseReaderOptions = {}) {
    this.#maxBufferSize = maxBufferSize;
  }

  push(bytes: Uint8Array): SseMessage[] {
    const text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return [];
    const lines = text.slice(this.#halfEnd && text.startsWith('\n') ? 1 : 0).split(/\r\n|[\r\n]/);
    this.#halfEnd = text.endsWith('\r');
    lines[0] = this.#line + lines[0]!;
    this.#line = lines.pop()!;
    const messages = lines.flatMap((line) => this.#take(line));
    const kept = this.#data.reduce((sum, { length }) => sum + length, this.#line.length);
    if (kept > this.#maxBufferSize) throw new Error('A message is too long.');
    return messages;
  }

  /** One message, at an empty line that ends one. */
  #take(line: string): SseMessage[] {
    if (line === '') {
      const [type, data] = [this.#type || 'message', this.#data];
      this.#type = '';
      this.#data = [];
      this.lastEventId = this.#id;
      return data.length > 0 ? [{ type, data: data.join('\n'), lastEventId: this.lastEventId }] : [];
    }
    // A comment has a field without a name.
    const [, field, value = ''] = /^([^:]*)(?:: ?([^]*))?$/.exec(line)!;
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMs = Number(value);
    return [];
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
