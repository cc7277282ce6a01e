import { estimateTokens, estimateUsage } from '../tokens.ts';
import { AnswerCollector, type AnswerParser } from './answer-collector.ts';
import { type ChatCallPiece, ChatToolCalls } from './chat-tool-calls.ts';
import { parseEvent } from './event-json.ts';
import type { BodySettings } from './openai-model.ts';
import { type Redact, streamFailure } from './provider-errors.ts';
import { ThoughtFilter } from './thought-filter.ts';
import type { ModelEvent, ModelItem, ModelRequest, TokenUsage } from './types.ts';
import { type ChatUsage, ofChat } from './usage.ts';

interface Delta {
  content?: unknown;
  refusal?: unknown;
  tool_calls?: ChatCallPiece[] | null;
  /** The form before `tool_calls`. */
  function_call?: ChatCallPiece['function'];
  // Thoughts, in the words of llama.cpp and DeepSeek, of OpenRouter and vLLM, and of others.
  reasoning_content?: unknown;
  reasoning?: unknown;
  thinking?: unknown;
}

interface Choice {
  index?: number;
  delta?: Delta | null;
  /** What a server sends that streams a whole answer as one chunk. */
  message?: Delta | null;
  finish_reason?: string | null;
  usage?: ChatUsage | null;
  error?: unknown;
}

interface Chunk {
  object?: unknown;
  type?: unknown;
  model?: unknown;
  choices?: Choice[] | null;
  usage?: ChatUsage | null;
  x_groq?: { usage?: ChatUsage | null; error?: unknown } | null;
  error?: unknown;
}

type Finish = Extract<ModelEvent, { type: 'end' }>['finish'];

/** All others (`stop`, `tool_calls`, `function_call`, `eos`, …) are a proper end. */
const FINISHES = new Map<string, Finish>([
  ['length', 'length'],
  ['max_tokens', 'length'],
  // Mistral's, when the context is full.
  ['model_length', 'length'],
  ['content_filter', 'refusal'],
  ['refusal', 'refusal'],
  ['safety', 'refusal'],
]);
/** The model broke off: OpenRouter's, vLLM's, DeepSeek's. */
const BROKEN = new Set(['error', 'abort', 'insufficient_system_resource']);

/**
 * Turns the chunks of a Chat Completions stream into ours. Pure, without I/O. The answer is whole with its `finish_reason`
 * and ends with `[DONE]`, or with the line where a server leaves that out; the count comes in between, or never. Only
 * the first choice is read: we ask for one.
 */
export class ChatParser implements AnswerParser {
  ended = false;
  readonly #request: ModelRequest;
  readonly #redact: Redact;
  readonly #answer = new AnswerCollector();
  readonly #calls = new ChatToolCalls();
  readonly #thoughts: ThoughtFilter;
  /** Thoughts in a field of their own; only counted. */
  #reasoning = '';
  #finish: Finish | undefined;
  #refused = false;
  #usage: TokenUsage | undefined;
  #model: string;

  constructor(request: ModelRequest, { model, capabilities }: BodySettings, redact: Redact) {
    this.#request = request;
    this.#model = model;
    this.#redact = redact;
    this.#thoughts = new ThoughtFilter(capabilities.thinksFirst);
  }

  get whole(): boolean {
    return this.#finish !== undefined;
  }

  take(): ModelEvent[] {
    return this.#answer.take();
  }

  /** What the filter of thoughts still holds is at most half a tag. */
  rest(): ModelEvent[] {
    return this.take();
  }

  close(): void {
    if (!this.whole) throw new Error('The stream ended without a reason to.');
    this.#end();
  }

  push(name: string, data: string): void {
    if (this.ended) return;
    this.#answer.receive(data.length);
    if (data.startsWith('[DONE]')) return this.#end();
    if (data === '') return;
    const chunk: Chunk = parseEvent(name, data, this.#redact);
    const choice = Array.isArray(chunk.choices) ? chunk.choices.find(isFirst) : undefined;
    const error = chunk.error || choice?.error || chunk.x_groq?.error;
    if (error || name === 'error' || chunk.object === 'error' || chunk.type === 'error') {
      throw streamFailure(error || chunk, this.#redact);
    }
    if (typeof chunk.model === 'string' && chunk.model !== '') this.#model = chunk.model;
    // In every chunk, in the last one, or in one of its own: the latest holds.
    const usage = chunk.usage ?? choice?.usage ?? chunk.x_groq?.usage;
    if (usage) this.#usage = ofChat(usage) ?? this.#usage;
    if (choice) this.#choose(choice);
  }

  #choose({ delta, message, finish_reason: reason }: Choice): void {
    const isNew = this.#answer.said === '' && this.#calls.length === 0;
    const said = delta ?? (isNew ? message : undefined);
    if (said) this.#say(said);
    if (typeof reason !== 'string' || reason === '') return;
    if (BROKEN.has(reason)) throw streamFailure(`The model broke off: ${reason}`, this.#redact);
    this.#finish = FINISHES.get(reason.toLowerCase()) ?? 'stop';
  }

  #say(delta: Delta): void {
    const text = textOf(delta.content);
    if (text !== '') this.#give(this.#thoughts.push(text));
    if (typeof delta.refusal === 'string' && delta.refusal !== '') {
      this.#refused = true;
      this.#give(delta.refusal);
    }
    if (Array.isArray(delta.tool_calls)) for (const piece of delta.tool_calls) this.#call(piece);
    else if (delta.function_call) this.#call({ index: 0, function: delta.function_call });
    const thought = delta.reasoning_content ?? delta.reasoning ?? delta.thinking;
    if (typeof thought === 'string') this.#reasoning += thought;
  }

  #give(text: string): void {
    if (text !== '') this.#answer.say(text);
  }

  #call(piece: ChatCallPiece): void {
    this.#answer.spend(this.#calls.push(piece));
  }

  #end(): void {
    this.#give(this.#thoughts.end());
    const { said } = this.#answer;
    const finish = this.#refused ? 'refusal' : (this.#finish ?? 'stop');
    const calls = this.#calls.end(finish === 'length');
    for (const call of calls) this.#answer.add(call);
    const items: ModelItem[] = [...calls];
    if (said !== '') items.unshift({ type: 'message', role: 'assistant', text: said });
    this.#answer.add({ type: 'end', finish, items, usage: this.#usage ?? this.#estimate(items), model: this.#model });
    this.ended = true;
  }

  /** Thoughts cost as much as words. */
  #estimate(items: ModelItem[]): TokenUsage {
    const thoughts = this.#reasoning + this.#thoughts.thought;
    const calls = items.map((item) => (item.type === 'tool_call' ? item.name + item.arguments : '')).join('');
    const usage = estimateUsage(this.#request, thoughts + this.#answer.said + calls);
    return { ...usage, reasoningTokens: estimateTokens(thoughts) };
  }
}

function isFirst(choice: Choice | null): boolean {
  return choice !== null && (choice.index ?? 0) === 0;
}

/** Mistral's content may be a list of parts, thoughts among them. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: { type?: unknown; text?: unknown } | null) => (part?.type === 'text' ? part.text : ''))
    .filter((text) => typeof text === 'string')
    .join('');
}
