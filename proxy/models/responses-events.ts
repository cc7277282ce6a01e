import { randomUUID } from 'node:crypto';
import { AnswerCollector, type AnswerParser, tooMuch } from './answer-collector.ts';
import { CitedText } from './cited-text.ts';
import { parseEvent } from './event-json.ts';
import { type Redact, streamFailure } from './provider-errors.ts';
import {
  citationsIn,
  foundBy,
  isRefusal,
  messageText,
  toCitation,
  toModelItem,
  toWireItem,
  type WireItem,
} from './responses-items.ts';
import type { ModelEvent, ModelItem, ModelRequest } from './types.ts';
import { ofResponses, type ResponsesUsage } from './usage.ts';
import { estimateUsage } from '../tokens.ts';

/** Of one answer: more than any request allows. Each is paid for, and looked up. */
const MAX_SEARCHES = 20;

interface WireResponse {
  model?: unknown;
  output?: unknown;
  usage?: ResponsesUsage | null;
  error?: unknown;
  incomplete_details?: { reason?: string } | null;
}

interface WireEvent {
  type?: string;
  delta?: unknown;
  output_index?: number;
  content_index?: number;
  annotation?: unknown;
  item?: unknown;
  response?: WireResponse;
  error?: unknown;
}

/** Turns the events of a Responses stream into ours. Pure, without I/O; text from before a failure stays there to be taken. */
export class ResponsesParser implements AnswerParser {
  ended = false;
  /** Before its terminal event an answer of this wire may be anything. */
  readonly whole = false;
  readonly #model: string;
  readonly #request: ModelRequest;
  readonly #redact: Redact;
  readonly #answer = new AnswerCollector();
  readonly #text = new CitedText(this.#answer);
  #textIndex: number | undefined;
  /** Output indices of searches that were told of, and of those whose end was. */
  readonly #searching = new Set<number>();
  readonly #searched = new Set<number>();
  #refused = false;
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
    return this.#answer.take();
  }

  rest(): ModelEvent[] {
    this.#text.endPart();
    return this.take();
  }

  close(): void {
    throw new Error('The stream ended without its terminal event.');
  }

  push(name: string, data: string): void {
    if (this.ended) return;
    this.#answer.receive(data.length);
    const event: WireEvent = parseEvent(name, data, this.#redact);
    // A citation comes right after its words, and before anything else.
    if (event.type === 'response.output_text.annotation.added') return this.#cited(event);
    if (event.type !== 'response.output_text.delta') this.#text.release();
    switch (event.type) {
      case 'response.output_text.delta':
        this.#delta(event);
        break;
      case 'response.refusal.delta':
        this.#refused = true;
        this.#delta(event);
        break;
      case 'response.file_search_call.in_progress':
      case 'response.file_search_call.searching':
        this.#search(event.output_index ?? 0);
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

  #delta({ delta, output_index: index, content_index: part }: WireEvent): void {
    if (typeof delta !== 'string' || delta === '') return;
    // A second message (commentary, then the answer) begins a paragraph.
    this.#text.say(partName(index, part), delta, index !== this.#textIndex);
    this.#textIndex = index;
  }

  #cited({ annotation, output_index: index, content_index: part }: WireEvent): void {
    const citation = toCitation(annotation);
    if (citation) this.#text.cite(partName(index, part), citation);
  }

  #search(index: number): void {
    if (this.#request.hosted === undefined || this.#searching.has(index)) return;
    if (this.#searching.size === MAX_SEARCHES) throw tooMuch(`${MAX_SEARCHES} searches`);
    this.#searching.add(index);
    this.#text.endPart();
    this.#answer.add({ type: 'searching' });
  }

  #found(index: number, item: WireItem): void {
    if (this.#request.hosted === undefined || this.#searched.has(index)) return;
    this.#search(index);
    this.#searched.add(index);
    this.#text.holds = true;
    this.#answer.add({ type: 'found', ...foundBy(item) });
  }

  /** Those of a whole text: some servers tell them only there. */
  #citeAll(index: number, { content }: WireItem): void {
    for (const [at, part] of (Array.isArray(content) ? content : []).entries()) {
      for (const citation of citationsIn(part)) this.#text.cite(partName(index, at), citation);
    }
  }

  #done(index: number, wire: unknown): void {
    const item = toWireItem(wire, `${this.#callPrefix}_${index}`);
    if (item === undefined) return;
    this.#items.set(index, item);
    if (item.type === 'message' && this.#answer.said !== '') this.#citeAll(index, item);
    this.#give(item, index);
  }

  #give(item: WireItem, index: number): void {
    if (item.type === 'file_search_call') this.#found(index, item);
    if (isRefusal(item)) this.#refused = true;
    const call = toModelItem(item, this.#model);
    if (call?.type !== 'tool_call' || this.#calls.has(call.callId)) return;
    this.#calls.add(call.callId);
    this.#answer.spend(call.name.length + call.arguments.length);
    this.#answer.add(call);
  }

  #end(type: string, response: WireResponse): void {
    const output = this.#output(type, response.output);
    const messages = output.filter(([, item]) => item.type === 'message');
    const answer = this.#answer;
    const isSaid = answer.said !== '';
    for (const [index, item] of output) {
      this.#give(item, index);
      if (!isSaid && item.type === 'message') this.#sayAll(index, item);
    }
    this.#text.endPart();
    const items = withoutRepeats(output.map(([, item]) => toModelItem(item, this.#model)));
    // Servers that send deltas and nothing else.
    if (messages.length === 0 && answer.said !== '') {
      items.unshift({ type: 'message', role: 'assistant', text: answer.said });
    }
    answer.add({
      type: 'end',
      finish: this.#finish(type, response),
      items,
      usage: ofResponses(response.usage) ?? estimateUsage(this.#request, answer.said + callText(items)),
      model: typeof response.model === 'string' ? response.model : this.#model,
    });
    this.ended = true;
  }

  /** A message that came in one piece. */
  #sayAll(index: number, item: WireItem): void {
    const { content } = item;
    if (!Array.isArray(content) || !this.#text.holds) {
      const text = messageText(item);
      if (text !== '') this.#text.say(partName(index, 0), text, true);
      return;
    }
    for (const [at, part] of content.entries()) {
      const text = part.text ?? part.refusal ?? '';
      if (text === '') continue;
      this.#text.say(partName(index, at), text, at === 0);
      for (const citation of citationsIn(part)) this.#text.cite(partName(index, at), citation);
    }
  }

  /** The items that came one by one, or those of the terminal event if these are more: some servers give them only there. */
  #output(type: string, wire: unknown): [index: number, item: WireItem][] {
    const all = (Array.isArray(wire) ? wire : [])
      .map((item, index) => [index, toWireItem(item, `${this.#callPrefix}_${index}`)] as const)
      .flatMap(([index, item]): [number, WireItem][] => (item ? [[index, item]] : []));
    if (all.length <= this.#items.size) return [...this.#items].sort(([a], [b]) => a - b);
    // A call in an answer that was cut off is whole only if it says so.
    const cut = (item: WireItem): boolean =>
      type === 'response.incomplete' && item.type === 'function_call' && item.status !== 'completed';
    return all.filter(([, item]) => !cut(item));
  }

  #finish(type: string, { incomplete_details: details }: WireResponse): 'stop' | 'length' | 'refusal' {
    if (this.#refused || details?.reason === 'content_filter') return 'refusal';
    return type === 'response.incomplete' ? 'length' : 'stop';
  }
}

/** Tells one text of an answer from another. By indices: some relays change item ids each event. */
function partName(index: number | undefined, part: number | undefined): string {
  return `${index ?? 0}.${part ?? 0}`;
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

function callText(items: ModelItem[]): string {
  return items.map((item) => (item.type === 'tool_call' ? item.name + item.arguments : '')).join('');
}
