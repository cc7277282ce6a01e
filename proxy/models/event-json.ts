import { ChatError } from '../errors.ts';
import type { Redact } from './provider-errors.ts';

/** The data of an event. What is named an error may come as plain words. Throws a ChatError for what is no JSON. */
export function parseEvent(name: string, data: string, redact: Redact): object {
  try {
    const event: unknown = JSON.parse(data);
    return typeof event === 'object' && event !== null ? event : {};
  } catch {
    if (name === 'error') return { error: data };
    const cause = new Error(redact(data));
    throw new ChatError('model_interrupted', 'The model sent an event that is not JSON.', { cause });
  }
}
