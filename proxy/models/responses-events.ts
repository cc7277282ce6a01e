import { randomUUID } from 'node:crypto';
import { ChatError } from '../errors.ts';
import { type Redact, streamFailure } from './responses-errors.ts';
import { isRefusal, messageText, toModelItem, toWireItem, type WireItem } from './responses-items.ts';
import type { ModelEvent, ModelItem, ModelRequest, TokenUsage } from './types.ts';
import { estimateUsage } from '../tokens.ts';

interface WireUsage {
  input_tokens?: number;
  input_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  output_tokens?: number;
  output_tokens_details?: { reasoning_tokens?: number } | null;
}

interface WireResponse {
  model?: unknown;
  output?: unknown;
  usage?: WireUsage | null;
  error?: unknown;
  incomplete_details?: { reason?: string } | null;
}

interface WireEvent {
  type?: string;
  delta?: unknown;
  output_index?: number;
  item?: unknown;
  response?: WireResponse;
  error?: unknown;
}

/**
 * A server that doesn't keep to `max_output_tokens` is stopped here, in characters of text and of calls. Far beyond what
 * any shop asks for.
 */
const MAX_OUTPUT = 256 * 1024;
/** Tool calls of one answer; a model that asks for more than a dozen is lost already. */
const MAX_CALLS = 64;
/** Characters of a whole stream: all comes twice, and encrypted reasoning on top. */
const MAX_STREAM = 16 * 1024 * 1024;

/**
 * Turns the events of a Responses stream into ours. Pure, without I/O: `push` each event, `take` what came of it. Text
 * that lies ready together leaves as one event: nobody could tell the difference, and every event costs all the way down
 * to the shopper's screen. What it throws is a ChatError; text from before stays there to be taken.
 */
export class ResponsesParser {
  /** The terminal event came: what may follow isn't part of the answer. */
  ended = false;
  readonly #model: string;
  readonly #request: ModelRequest;
  readonly #redact: Redact;
  #events: ModelEvent[] = [];
  #text = '';
  #textIndex: number | undefined;
  /** All text so far. */
  #said = '';
  #refused = false;
  /** Characters that came, and those of them that are text or calls. */
  #received = 0;
  #spent = 0;
  /** By output index. */
  readonly #items = new Map<number, WireItem>();
  readonly #calls = new Set<string>();
  /** Ids for calls that came without one: their results must name them, and no other call of the turn. */
  readonly #callPrefix = `call_${randomUUID()}`;

  constructor(model: string, request: ModelRequest, redact: Redact) {
    this.#model = model;
    this.#request = request;
    this.#redact = redact;
  }

  take(): ModelEvent[] {
    this.#flush();
    const events = this.#events;
    this.#events = [];
    return events;
  }

  push(name: string, data: string): void {
    if (this.ended) return;
    this.#received += data.length;
    if (this.#received > MAX_STREAM) throw tooMuch(`${MAX_STREAM} characters in all`);
    const event = this.#parse(name, data);
    switch (event.type) {
      case 'response.output_text.delta':
        this.#delta(event);
        break;
      case 'response.refusal.delta':
        this.#refused = true;
        this.#delta(event);
        break;
      case 'response.output_item.done':
        this.#done(event.output_index ?? this.#items.size, event.item);
        break;
      case 'response.completed':
      case 'response.incomplete':
        this.#end(event.type, event.response ?? {});
        break;
      case 'response.failed':
        throw streamFailure(event.response?.error, this.#redact);
      default:
        // An error comes named or unnamed, flat or nested, depending on who sends it.
        if (name === 'error' || event.type === 'error' || event.error) {
          throw streamFailure(event.error || event, this.#redact);
        }
    }
  }

  #parse(name: string, data: string): WireEvent {
    try {
      const event: unknown = JSON.parse(data);
      return typeof event === 'object' && event !== null ? event : {};
    } catch {
      if (name === 'error') return { error: data };
      const cause = new Error(this.#redact(data));
      throw new ChatError('model_interrupted', 'The model sent an event that is not JSON.', { cause });
    }
  }

  #delta({ delta, output_index: index }: WireEvent): void {
    if (typeof delta !== 'string' || delta === '') return;
    // A second message (commentary, then the answer) begins a paragraph. By index: some relays change item ids each event.
    this.#say(this.#said !== '' && index !== this.#textIndex ? `\n\n${delta}` : delta);
    this.#textIndex = index;
  }

  #say(text: string): void {
    this.#spend(text.length);
    this.#said += text;
    this.#text += text;
  }

  #done(index: number, wire: unknown): void {
    const item = toWireItem(wire, `${this.#callPrefix}_${index}`);
    if (item === undefined) return;
    this.#items.set(index, item);
    this.#give(item);
  }

  #give(item: WireItem): void {
    if (isRefusal(item)) this.#refused = true;
    const call = toModelItem(item, this.#model);
    if (call?.type !== 'tool_call' || this.#calls.has(call.callId)) return;
    this.#spend(call.name.length + call.arguments.length);
    if (this.#calls.size === MAX_CALLS) throw tooMuch(`${MAX_CALLS} tool calls`);
    this.#calls.add(call.callId);
    this.#flush();
    this.#events.push(call);
  }

  #spend(characters: number): void {
    this.#spent += characters;
    if (this.#spent > MAX_OUTPUT) throw tooMuch(`${MAX_OUTPUT} characters of text and calls`);
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#events.push({ type: 'text', delta: this.#text });
    this.#text = '';
  }

  #end(type: string, response: WireResponse): void {
    const output = this.#output(type, response.output);
    const messages = output.filter((item) => item.type === 'message');
    if (this.#said === '') this.#say(messages.map(messageText).filter(Boolean).join('\n\n'));
    for (const item of output) this.#give(item);
    this.#flush();
    const items = withoutRepeats(output.map((item) => toModelItem(item, this.#model)));
    // Servers that send deltas and nothing else.
    if (messages.length === 0 && this.#said !== '') {
      items.unshift({ type: 'message', role: 'assistant', text: this.#said });
    }
    this.#events.push({
      type: 'end',
      finish: this.#finish(type, response),
      items,
      usage: toUsage(response.usage) ?? estimateUsage(this.#request, this.#said + callText(items)),
      model: typeof response.model === 'string' ? response.model : this.#model,
    });
    this.ended = true;
  }

  /** The items that came one by one, or those of the terminal event if these are more: some servers give them only there. */
  #output(type: string, wire: unknown): WireItem[] {
    const all = (Array.isArray(wire) ? wire : [])
      .map((item, index) => toWireItem(item, `${this.#callPrefix}_${index}`))
      .filter((item) => item !== undefined);
    if (all.length <= this.#items.size) return [...this.#items].sort(([a], [b]) => a - b).map(([, item]) => item);
    // A call in an answer that was cut off is whole only if it says so.
    const cut = (item: WireItem): boolean =>
      type === 'response.incomplete' && item.type === 'function_call' && item.status !== 'completed';
    return all.filter((item) => !cut(item));
  }

  #finish(type: string, { incomplete_details: details }: WireResponse): 'stop' | 'length' | 'refusal' {
    if (this.#refused || details?.reason === 'content_filter') return 'refusal';
    return type === 'response.incomplete' ? 'length' : 'stop';
  }
}

/** A provider refuses a history that has a call twice and its result once. */
function withoutRepeats(items: (ModelItem | undefined)[]): ModelItem[] {
  const seen = new Set<string>();
  return items.filter((item): item is ModelItem => {
    if (item === undefined || (item.type === 'tool_call' && seen.has(item.callId))) return false;
    if (item.type === 'tool_call') seen.add(item.callId);
    return true;
  });
}

function toUsage(usage: WireUsage | null | undefined): TokenUsage | undefined {
  if (typeof usage !== 'object' || usage === null) return undefined;
  return {
    inputTokens: toCount(usage.input_tokens),
    cachedTokens: toCount(usage.input_tokens_details?.cached_tokens),
    cacheWriteTokens: toCount(usage.input_tokens_details?.cache_write_tokens),
    outputTokens: toCount(usage.output_tokens),
    reasoningTokens: toCount(usage.output_tokens_details?.reasoning_tokens),
    estimated: false,
  };
}

/** A count that is none must not cost the shopper an answer that is already there. */
function toCount(value: unknown): number {
  const count = Math.round(Number(value ?? 0));
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}

function tooMuch(what: string): ChatError {
  return new ChatError('model_interrupted', `The model made more than ${what}, and was stopped.`);
}

function callText(items: ModelItem[]): string {
  return items.map((item) => (item.type === 'tool_call' ? item.name + item.arguments : '')).join('');
}
