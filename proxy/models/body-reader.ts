import type { Readable } from 'node:stream';

/** Reads taken from the socket but not yet from us; beyond it the socket waits. One is at most 64 kB. */
const MAX_WAITING = 16;
/** How long a server may take between its last event and the end of its answer before the socket is given up. */
const DRAIN_MS = 1_000;

/**
 * Pulls the bytes of an answer, all that lie ready at once: events that came in one read are handled in one go. Cheaper
 * than the stream's own iterator, which hands out one chunk a promise.
 */
export class BodyReader {
  readonly #incoming: Readable;
  #chunks: Buffer[] = [];
  #ended = false;
  #released = false;
  #error: Error | undefined;
  #wake: (() => void) | undefined;

  constructor(incoming: Readable) {
    this.#incoming = incoming;
    incoming.on('data', (chunk: Buffer) => {
      if (this.#released) return;
      this.#chunks.push(chunk);
      if (this.#chunks.length >= MAX_WAITING) incoming.pause();
      this.#wake?.();
    });
    incoming.on('end', () => {
      this.#ended = true;
      this.#wake?.();
    });
    incoming.on('error', (error) => (this.#error = error));
    incoming.on('close', () => {
      this.#error ??= new Error('The line was closed.');
      this.#wake?.();
    });
  }

  /** Waits for more: true when there is some, false at the end. Throws when the line was cut. */
  async more(): Promise<boolean> {
    while (this.#chunks.length === 0) {
      if (this.#ended) return false;
      if (this.#error !== undefined) throw this.#error;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return true;
  }

  /** All that has come since the last time. */
  take(): Buffer[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    if (this.#incoming.isPaused()) this.#incoming.resume();
    return chunks;
  }

  /** Ends the reading. After a whole answer (`drain`) the socket is kept for the next request, else it is closed. */
  release({ drain }: { drain: boolean }): void {
    this.#released = true;
    this.#chunks = [];
    if (!drain) {
      this.#incoming.destroy();
    } else if (!this.#ended) {
      const timer = setTimeout(() => this.#incoming.destroy(), DRAIN_MS).unref();
      this.#incoming.once('close', () => clearTimeout(timer));
      this.#incoming.resume();
    }
  }
}
