import { createBrought } from '../bring.ts';
import type * as parts from './past-turns.ts';
import type { OldThread } from './following.ts';
import { need } from '../transport/load.ts';
import type { Transport } from '../transport/types.ts';

/** What shows a conversation of before. */
export type Past = typeof parts;

export const past = createBrought<Past>(() => import('./past-turns.ts'));

/** Rejects as `Transport` does, when it can't be had. */
export const loadPast = (): Promise<Past> => need(past);

export async function loadThread(
  ...[transport, ...which]: [Transport, ...Parameters<Transport['thread']>]
): Promise<OldThread> {
  const [{ threadRestored }, thread] = await Promise.all([loadPast(), transport.thread(...which)]);
  return { thread, restore: threadRestored(thread) };
}
