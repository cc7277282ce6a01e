import { cleanText } from '../clean-text.ts';
import type { FoundPart, ModelItem } from './types.ts';

/** Of a part that was found: more than the 800 tokens of which a store makes one. UTF-16 code units. */
const MAX_PART = 6_000;
/** Of one search; fewer are asked for. */
const MAX_PARTS = 10;
const MAX_QUERIES = 8;
const MAX_QUERY = 500;
const MAX_ID = 200;
/** Of one text; more are not looked at. */
const MAX_CITED = 200;

/** A place in a text, and the file that it rests on. */
export interface WireCitation {
  file: string;
  /** Characters from the beginning of the text. */
  index: number;
}

/** An output item as compatible servers send it: next to OpenAI's own they leave out fields at will. */
export interface WireItem {
  type?: string;
  id?: string;
  status?: string;
  // message
  content?: WirePart[] | string;
  phase?: string | null;
  // function_call
  call_id?: string;
  name?: string;
  arguments?: unknown;
  // reasoning
  summary?: unknown[];
  encrypted_content?: string | null;
  // file_search_call
  queries?: unknown;
  results?: unknown;
}

export interface WirePart {
  type?: string;
  text?: string;
  refusal?: string;
  annotations?: unknown;
}

/** What came as an item; undefined for what is none. @param callId for a call without an id: some servers leave it empty */
export function toWireItem(value: unknown, callId: string): WireItem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const item: WireItem = value;
  if (item.type !== 'function_call') return item;
  return { ...item, call_id: textOf(item.call_id) || textOf(item.id) || callId, name: textOf(item.name) };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * An output item as it is sent back in the next round; undefined for what can't be sent back: reasoning that isn't
 * encrypted (the provider keeps nothing of it and answers 404), the call that a token limit cut in half, and what this
 * product never asks for. Our own cleaning, not the SDK's `toResponseInputItems`, which throws on types it doesn't know.
 */
export function toModelItem(item: WireItem, model: string): ModelItem | undefined {
  switch (item.type) {
    case 'message': {
      const text = messageText(item);
      if (text === '') return undefined;
      if (!item.phase) return { type: 'message', role: 'assistant', text };
      // Models that mark their commentary answer worse when the mark is lost on the way back.
      return { type: 'opaque', model, item: { type: 'message', role: 'assistant', content: text, phase: item.phase } };
    }
    case 'function_call':
      return item.status === 'incomplete' ? undefined : toToolCall(item);
    case 'reasoning': {
      const { id, summary = [], encrypted_content } = item;
      if (!encrypted_content) return undefined;
      return { type: 'opaque', model, item: { type: 'reasoning', id, summary, encrypted_content } };
    }
    case 'file_search_call': {
      // With what it found, cleaned and cut: the next round is to know it as well, and reasoning must be followed by what it led to.
      const { type, id, status } = item;
      const { queries, parts } = foundBy(item);
      const results = parts.map(({ file, text }) => ({ file_id: file, text }));
      return { type: 'opaque', model, item: { type, id, status, queries, results } };
    }
    default:
      return undefined;
  }
}

export function foundBy({ queries, results }: WireItem): { queries: string[]; parts: FoundPart[] } {
  return {
    queries: listOf(queries)
      .slice(0, MAX_QUERIES)
      .map((query) => cleanText(textOf(query), MAX_QUERY)),
    parts: listOf(results)
      .slice(0, MAX_PARTS)
      .flatMap((result) => {
        const { file_id, text: said } = (result ?? {}) as Record<string, unknown>;
        const file = textOf(file_id);
        const text = cleanText(textOf(said), MAX_PART);
        return file === '' || file.length > MAX_ID || text === '' ? [] : [{ file, text }];
      }),
  };
}

/** Undefined for what points elsewhere. */
export function toCitation(annotation: unknown): WireCitation | undefined {
  const { type, file_id: file, index } = (annotation ?? {}) as Record<string, unknown>;
  if (type !== 'file_citation' || typeof file !== 'string' || file === '' || file.length > MAX_ID) return undefined;
  return Number.isSafeInteger(index) && Number(index) >= 0 ? { file, index: Number(index) } : undefined;
}

export function citationsIn({ annotations }: WirePart): WireCitation[] {
  return listOf(annotations)
    .slice(0, MAX_CITED)
    .map(toCitation)
    .filter((one) => one !== undefined);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function messageText({ content = [] }: WireItem): string {
  if (typeof content === 'string') return content;
  return content.map((part) => part.text ?? part.refusal ?? '').join('');
}

export function isRefusal({ content = [] }: WireItem): boolean {
  return Array.isArray(content) && content.some((part) => part.type === 'refusal');
}

function toToolCall({ call_id = '', name = '', arguments: args }: WireItem): ModelItem & { type: 'tool_call' } {
  return {
    type: 'tool_call',
    callId: call_id,
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args ?? {}),
  };
}
