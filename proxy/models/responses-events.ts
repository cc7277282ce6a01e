import { ChatError } from '../errors.ts';
import { type Redact, streamFailure } from './responses-errors.ts';
import { isRefusal, messageText, toModelItem, type WireItem } from './responses-items.ts';
import type { ModelEvent, ModelItem, ModelRequest, TokenUsage } from './types.ts';
import { estimateUsage } from '../tokens.ts';

interface WireUsage {
  input_tokens?: number;
  input_tokens_details?: { cached_tokens?: number; cache_write_tokens?: number } | null;
  output_tokens?: number;
  output_tokens_details?: { reasoning_tokens?: number } | null;
}

interface WireResponse {
  model?: string;
  output?: WireItem[];
  usage?: WireUsage | null;
  error?: unknown;
  incomplete_details?: { reason?: string } | null;
}

interface WireEvent {
  type?: string;
  delta?: string;
  output_index?: number;
  item?: WireItem;
  response?: WireResponse;
  error?: unknown;
}

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
  /** By output index. */
  readonly #items = new Map<number, WireItem>();
  readonly #calls = new Set<string>();

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
        if (event.item === undefined) break;
        this.#items.set(event.output_index ?? this.#items.size, event.item);
        this.#made(event.item);
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

  #delta({ delta = '', output_index: index }: WireEvent): void {
    if (delta === '') return;
    // A second message (commentary, then the answer) begins a paragraph. By index: some relays change item ids each event.
    this.#say(this.#said !== '' && index !== this.#textIndex ? `\n\n${delta}` : delta);
    this.#textIndex = index;
  }

  #say(text: string): void {
    this.#said += text;
    this.#text += text;
  }

  #made(item: WireItem): void {
    if (isRefusal(item)) this.#refused = true;
    const call = toModelItem(item, this.#model);
    if (call?.type !== 'tool_call' || this.#calls.has(call.callId)) return;
    this.#calls.add(call.callId);
    this.#flush();
    this.#events.push(call);
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#events.push({ type: 'text', delta: this.#text });
    this.#text = '';
  }

  #end(type: string, response: WireResponse): void {
    const output = this.#output(type, response.output ?? []);
    const messages = output.filter((item) => item.type === 'message');
    if (this.#said === '') this.#say(messages.map(messageText).filter(Boolean).join('\n\n'));
    for (const item of output) this.#made(item);
    this.#flush();
    const items = output.map((item) => toModelItem(item, this.#model)).filter((item) => item !== undefined);
    // Servers that send deltas and nothing else.
    if (messages.length === 0 && this.#said !== '') {
      items.unshift({ type: 'message', role: 'assistant', text: this.#said });
    }
    this.#events.push({
      type: 'end',
      finish: this.#finish(type, response),
      items,
      usage: toUsage(response.usage) ?? estimateUsage(this.#request, this.#said + callText(items)),
      model: response.model ?? this.#model,
    });
    this.ended = true;
  }

  /** The items that came one by one, or those of the terminal event if these are more: some servers give them only there. */
  #output(type: string, all: WireItem[]): WireItem[] {
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

function toUsage(usage: WireUsage | null | undefined): TokenUsage | undefined {
  if (!usage) return undefined;
  return {
    inputTokens: usage.input_tokens ?? 0,
    cachedTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    cacheWriteTokens: usage.input_tokens_details?.cache_write_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
    reasoningTokens: usage.output_tokens_details?.reasoning_tokens ?? 0,
    estimated: false,
  };
}

function callText(items: ModelItem[]): string {
  return items.map((item) => (item.type === 'tool_call' ? item.name + item.arguments : '')).join('');
}
