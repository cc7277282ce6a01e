import { createBrought } from '../bring.ts';
import type * as parts from './past-turns.ts';
import type { OldThread } from './following.ts';
import { TransportError } from '../transport/types.ts';
import type { Transport } from '../transport/types.ts';

/** What shows a conversation of before. */
export type Past = typeof parts;

const { bring } = createBrought<Past>(() => import('./past-turns.ts'));

/** Rejects as `Transport` does, when it can't be had. */
export async function loadPast(): Promise<Past> {
  const past = await bring();
  if (past) return past;
  throw new TransportError('network', 'A part of the chat could not be loaded.', { retryable: true });
}

export async function loadThread(
  ...[transport, ...which]: [Transport, ...Parameters<Transport['thread']>]
): Promise<OldThread> {
  const [{ threadRestored }, thread] = await Promise.all([loadPast(), transport.thread(...which)]);
  return { thread, restore: threadRestored(thread) };
}
