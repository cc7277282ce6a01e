import { randomUUID } from 'node:crypto';
import { MAX_CALLS, tooMuch } from './answer-collector.ts';
import type { ModelEvent } from './types.ts';

/** A piece of a tool call, in the many ways that servers cut them. */
export interface ChatCallPiece {
  index?: unknown;
  id?: unknown;
  function?: { name?: unknown; arguments?: unknown } | null;
}

interface Call {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

type ToolCall = Extract<ModelEvent, { type: 'tool_call' }>;

/**
 * Puts tool calls together. OpenAI names a call in its first piece and says by `index` whose each piece is. Others leave out
 * the index (ollama/ollama#7881), give every call the index 0 (ollama/ollama#15457), leave the id empty or use it twice,
 * repeat the name in every piece, or send a call in one, even with its arguments as an object.
 */
export class ChatToolCalls {
  readonly #calls: Call[] = [];
  /** Ids for calls that came without one: their results must name them, and no other call of the turn. */
  readonly #prefix = `call_${randomUUID()}`;

  /** @returns characters that it added. Throws a ChatError when there are too many calls. */
  push(piece: ChatCallPiece): number {
    const index = typeof piece.index === 'number' ? piece.index : undefined;
    const id = textOf(piece.id);
    const name = textOf(piece.function?.name);
    const args = argumentsOf(piece.function?.arguments);
    const known = this.#find(index, id);
    if (known && !isAnother(known, id, name, args)) {
      known.id ||= id;
      known.name ||= name;
      known.arguments += args;
    } else if (name !== '' || id !== '') {
      if (this.#calls.length === MAX_CALLS) throw tooMuch(`${MAX_CALLS} tool calls`);
      this.#calls.push({ index, id, name, arguments: args });
    }
    return name.length + args.length;
  }

  get length(): number {
    return this.#calls.length;
  }

  /** @param cut the token limit ended the answer: a call whose arguments are no JSON is half of one */
  end(cut: boolean): ToolCall[] {
    const ids = new Set<string>();
    return this.#calls.flatMap(({ id, name, arguments: given }, place) => {
      const args = given.trim() === '' ? '{}' : given;
      if (name === '' || (cut && !isJson(args))) return [];
      const callId = id === '' || ids.has(id) ? `${this.#prefix}_${place}` : id;
      ids.add(callId);
      return [{ type: 'tool_call' as const, callId, name, arguments: args }];
    });
  }

  /** Whose piece it is, as far as index and id say; without either, the last one's. The newest of the same index. */
  #find(index: number | undefined, id: string): Call | undefined {
    if (index !== undefined) return this.#calls.findLast((call) => call.index === index);
    return (id === '' ? undefined : this.#calls.find((call) => call.id === id)) ?? this.#calls.at(-1);
  }
}

/** A name begins another call if its id is new, or if what is there is whole and more comes. */
function isAnother(call: Call, id: string, name: string, args: string): boolean {
  if (name === '' || call.name === '') return false;
  return (id !== '' && call.id !== '' && id !== call.id) || (args !== '' && isJson(call.arguments));
}

function argumentsOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
