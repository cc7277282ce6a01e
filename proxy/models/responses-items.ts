import type { ModelItem } from './types.ts';

/** An output item as compatible servers send it: next to OpenAI's own they leave out fields at will. */
export interface WireItem {
  type?: string;
  id?: string;
  status?: string;
  // message
  content?: { type?: string; text?: string; refusal?: string }[] | string;
  phase?: string | null;
  // function_call
  call_id?: string;
  name?: string;
  arguments?: unknown;
  // reasoning
  summary?: unknown[];
  encrypted_content?: string | null;
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
    default:
      return undefined;
  }
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
