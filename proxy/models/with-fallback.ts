import { ChatError } from '../errors.ts';
import type { ErrorCode } from '../protocol/index.ts';
import { answerOf, begin, type Begun, precede } from './begun.ts';
import type { Model, ModelEvent, ModelItem, ModelRequest } from './types.ts';

/** What another model may do better. Not here: what is wrong with the conversation itself. */
const SERVED_BY_OTHERS: ReadonlySet<ErrorCode> = new Set([
  'model_unavailable',
  'model_rate_limited',
  'model_quota',
  'model_config',
  'model_timeout',
  'model_interrupted',
]);
/** Marks what the fallback made, so that its own come back to it even where both have the same name. */
const MARK = 'fallback:';

/**
 * Asks the next model when the first fails before anything was said: an open circuit, a timeout and an error in the
 * stream included. Its answer begins with a `fallback` event. What only the first can read (its reasoning) stays away
 * from the second, and the other way round.
 */
export function withFallback(first: Model, second: Model): Model {
  async function open(request: ModelRequest, signal: AbortSignal): Promise<Begun> {
    try {
      return await begin(first, { ...request, input: request.input.filter((item) => !isMarked(item)) }, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ChatError) || !SERVED_BY_OTHERS.has(error.code)) throw error;
      const begun = await beginSecond(request, signal, error);
      return precede({ type: 'fallback', failedTries: error.tries, code: error.code }, afterwards(begun));
    }
  }

  async function beginSecond(request: ModelRequest, signal: AbortSignal, failure: ChatError): Promise<Begun> {
    try {
      return await begin(
        second,
        { ...request, input: request.input.flatMap((item) => readable(item, second.id)) },
        signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ChatError)) throw failure;
      // Where the first passes and the second doesn't, who waits for the first shall know.
      const thrown = failure.fault === 'passing' ? failure : error;
      thrown.tries = failure.tries + error.tries;
      throw thrown;
    }
  }

  return { id: first.id, stream: (request, signal) => answerOf(() => open(request, signal)) };
}

/** The fallback's answer, with what it made marked in its last event. Costs a promise an event: it is the way out, not the way. */
async function* afterwards({ first, rest }: Begun): AsyncGenerator<ModelEvent> {
  try {
    for (let next = first; !next.done; next = await rest.next()) {
      const event = next.value;
      yield event.type === 'end' ? { ...event, items: event.items.map(marked) } : event;
    }
  } finally {
    await rest.return?.();
  }
}

function marked(item: ModelItem): ModelItem {
  return item.type === 'opaque' ? { ...item, model: MARK + item.model } : item;
}

function isMarked(item: ModelItem): boolean {
  return item.type === 'opaque' && item.model.startsWith(MARK);
}

function readable(item: ModelItem, id: string): ModelItem[] {
  if (item.type !== 'opaque') return [item];
  return isMarked(item) ? [{ ...item, model: id }] : [];
}
