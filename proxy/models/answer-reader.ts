import type { BodyReader } from './body-reader.ts';
import type { ResponsesParser } from './responses-events.ts';
import { SseSplitter } from './sse-splitter.ts';
import type { TimeLimits } from './time-limits.ts';
import type { ModelEvent } from './types.ts';

/** From bytes to our events: body → splitter → parser, under the watch of the time limits. */
export class AnswerReader {
  readonly #body: BodyReader;
  readonly #parser: ResponsesParser;
  readonly #limits: TimeLimits;
  readonly #splitter: SseSplitter;
  #eventful = false;
  #failure: unknown;

  constructor(body: BodyReader, parser: ResponsesParser, limits: TimeLimits) {
    this.#body = body;
    this.#parser = parser;
    this.#limits = limits;
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
      if (!(await this.#body.more())) throw new Error('The stream ended without its terminal event.');
      try {
        for (const chunk of this.#body.take()) this.#splitter.push(chunk);
      } catch (error) {
        this.#failure = error;
      }
      const events = this.#parser.take();
      if (events.length > 0) {
        this.#limits.hold();
        return events;
      }
    }
  }
}
