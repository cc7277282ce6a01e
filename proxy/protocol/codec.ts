import type { ChatEvent } from './events.ts';

/** Name of the event that keeps a quiet line warm. It carries no id and no state. */
export const PING = 'ping';

const EVENT_TYPES: ReadonlySet<string> = new Set<ChatEvent['type']>([
  'thread_id',
  'text',
  'tool',
  'products',
  'comparison',
  'citations',
  'client_tool',
  'cart',
  'notice',
  'suggestions',
  'reset',
  'gap',
  'error',
  'done',
]);

/** The SSE frame of an event. `seq` counts the events of a turn from 1. */
export function encodeFrame(turnId: string, seq: number, event: ChatEvent): string {
  // JSON.stringify leaves no raw line break, so one `data:` line always holds the whole event.
  return `id: ${turnId}:${seq}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** The frame of an event that is no part of the turn: it has no number, and no reader moves its cursor for it. */
export function encodeUnnumbered(event: ChatEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

/** The event in a frame's data, or null for what this version doesn't know: the reader skips it. */
export function decodeEvent(data: string): ChatEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('type' in value)) return null;
  return typeof value.type === 'string' && EVENT_TYPES.has(value.type) ? (value as ChatEvent) : null;
}

export interface EventId {
  turnId: string;
  seq: number;
}

/** Reads a frame's `id:` back; null when it isn't one of ours. */
export function parseEventId(id: string): EventId | null {
  const match = /^(trn_[A-Za-z0-9_-]+):(\d{1,15})$/.exec(id);
  return match ? { turnId: match[1]!, seq: Number(match[2]) } : null;
}
