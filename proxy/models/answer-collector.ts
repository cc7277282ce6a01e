import { ChatError } from '../errors.ts';
import type { ModelEvent } from './types.ts';

/**
 * A server that doesn't keep to the limit of tokens is stopped here, in characters of text and of calls. Far beyond what
 * any shop asks for.
 */
const MAX_OUTPUT = 256 * 1024;
/** Tool calls of one answer; a model that asks for more than a dozen is lost already. */
export const MAX_CALLS = 64;
/** Characters of a whole stream: all may come twice, and reasoning on top. */
const MAX_STREAM = 16 * 1024 * 1024;

/** What a stream of some dialect is read with: `push` each event, `take` what came of it. What it throws is a ChatError. */
export interface AnswerParser {
  /** The terminal event came: what may follow isn't part of the answer. */
  readonly ended: boolean;
  /** Nothing is missing but the count and the end mark: a line that breaks now breaks nothing. */
  readonly whole: boolean;
  push(name: string, data: string): void;
  take(): ModelEvent[];
  /** The same where nothing more comes, because the line broke or somebody stopped it: with what still waited for the next event. */
  rest(): ModelEvent[];
  /** The line is over; throws when that is too early. */
  close(): void;
}

/**
 * The events of one answer, ready to be taken, and its bounds. Text that lies ready together leaves as one event: nobody
 * could tell the difference, and every event costs all the way down to the shopper's screen.
 */
export class AnswerCollector {
  /** All text so far. */
  said = '';
  #events: ModelEvent[] = [];
  #text = '';
  #received = 0;
  #spent = 0;
  #calls = 0;

  /** So many characters came, whatever they mean. */
  receive(characters: number): void {
    this.#received += characters;
    if (this.#received > MAX_STREAM) throw tooMuch(`${MAX_STREAM} characters in all`);
  }

  /** So many characters of text or calls were made. */
  spend(characters: number): void {
    this.#spent += characters;
    if (this.#spent > MAX_OUTPUT) throw tooMuch(`${MAX_OUTPUT} characters of text and calls`);
  }

  say(text: string): void {
    this.spend(text.length);
    this.give(text);
  }

  /** What was counted when it came. */
  give(text: string): void {
    this.said += text;
    this.#text += text;
  }

  add(event: Exclude<ModelEvent, { type: 'text' }>): void {
    if (event.type === 'tool_call' && ++this.#calls > MAX_CALLS) throw tooMuch(`${MAX_CALLS} tool calls`);
    this.#flush();
    this.#events.push(event);
  }

  take(): ModelEvent[] {
    this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#events.push({ type: 'text', delta: this.#text });
    this.#text = '';
  }
}

export function tooMuch(what: string): ChatError {
  return new ChatError('model_interrupted', `The model made more than ${what}, and was stopped.`);
}
