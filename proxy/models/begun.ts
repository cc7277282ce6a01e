import type { Model, ModelEvent, ModelRequest } from './types.ts';

/**
 * An answer that has begun: its first event, and the rest as it comes. All that a wrapper decides it decides before the
 * first event; what follows goes through every wrapper as one plain function call, without a promise or an object of its
 * own (`yield*` would cost three microtasks an event and a wrapper).
 */
export interface Begun {
  first: IteratorResult<ModelEvent>;
  rest: AsyncIterator<ModelEvent>;
}

/** Asks, and waits for the first event. Throws what the model throws before it. */
export async function begin(model: Model, request: ModelRequest, signal: AbortSignal): Promise<Begun> {
  const rest = model.stream(request, signal)[Symbol.asyncIterator]();
  return { first: await rest.next(), rest };
}

/** The answer that `open` begins, as soon as somebody reads it. */
export function answerOf(open: () => Promise<Begun>): AsyncIterable<ModelEvent> {
  return { [Symbol.asyncIterator]: () => new LateAnswer(open) };
}

/** The event before the rest. */
export function precede(event: ModelEvent, rest: AsyncIterator<ModelEvent>): Begun {
  return { first: { done: false, value: event }, rest };
}

/** The event before all of an answer that has begun. */
export function prefix(event: ModelEvent, { first, rest }: Begun): Begun {
  let waiting: IteratorResult<ModelEvent> | undefined = first;
  return precede(event, {
    next() {
      if (waiting === undefined) return rest.next();
      const next = waiting;
      waiting = undefined;
      return Promise.resolve(next);
    },
    async return() {
      await rest.return?.();
      return { done: true, value: undefined };
    },
  });
}

export class LateAnswer implements AsyncIterator<ModelEvent> {
  readonly #open: () => Promise<Begun>;
  #rest: AsyncIterator<ModelEvent> | undefined;

  constructor(open: () => Promise<Begun>) {
    this.#open = open;
  }

  next(): Promise<IteratorResult<ModelEvent>> {
    return this.#rest === undefined ? this.#first() : this.#rest.next();
  }

  /** The reader leaves early. */
  async return(): Promise<IteratorResult<ModelEvent>> {
    await this.#rest?.return?.();
    return { done: true, value: undefined };
  }

  async #first(): Promise<IteratorResult<ModelEvent>> {
    const { first, rest } = await this.#open();
    this.#rest = rest;
    return first;
  }
}
