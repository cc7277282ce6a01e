import type { AnswerParser } from './answer-collector.ts';
import type { BodyReader } from './body-reader.ts';
import { SseSplitter } from './sse-splitter.ts';
import type { TimeLimits } from './time-limits.ts';
import type { ModelEvent } from './types.ts';

/** How long the count and the end mark may be waited for once all of the answer is there. */
const TRAILER_MS = 2_000;

/** From bytes to our events: body → splitter → parser, under the watch of the time limits. */
export class AnswerReader {
  readonly #body: BodyReader;
  readonly #parser: AnswerParser;
  readonly #limits: TimeLimits;
  readonly #trailerMs: number;
  readonly #splitter: SseSplitter;
  #eventful = false;
  #failure: unknown;

  constructor(body: BodyReader, parser: AnswerParser, limits: TimeLimits, trailerMs = TRAILER_MS) {
    this.#body = body;
    this.#parser = parser;
    this.#limits = limits;
    this.#trailerMs = trailerMs;
    this.#splitter = new SseSplitter({
      onEvent: (name, data) => {
        this.#eventful = true;
        parser.push(name, data);
      },
    });
  }

  /** Waits for the next events. What came before a failure is given first: it is the shopper's. */
  async read(): Promise<ModelEvent[]> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      if (this.#eventful) this.#limits.alive();
      this.#eventful = false;
      const more = await this.#more();
      try {
        if (more) for (const chunk of this.#body.take()) this.#splitter.push(chunk);
        else this.#parser.close();
      } catch (error) {
        if (this.#parser.whole && !this.#parser.ended) this.#parser.close();
        else this.#failure = error;
      }
      const events = this.#parser.take();
      if (events.length > 0) {
        this.#limits.hold();
        return events;
      }
    }
  }

  /** False at the end. A line that is cut or goes silent after the whole answer costs at most its count. */
  async #more(): Promise<boolean> {
    if (!this.#parser.whole) return this.#body.more();
    const timer = setTimeout(() => this.#body.release({ drain: false }), this.#trailerMs);
    try {
      return await this.#body.more();
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }
}
