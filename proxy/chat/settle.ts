import { estimateTokens } from '../tokens.ts';
import { Answer } from './answer.ts';
import { readRows } from './turn-log.ts';
import type { TurnDeps } from './types.ts';

/** What a reader sees of an answer that was broken off. */
export const INTERRUPTED = {
  code: 'model_interrupted',
  message: 'The proxy was restarted in the middle of this answer.',
  retryable: true,
} as const;

/**
 * Settles the turns that a crash left running: what they said becomes the kept answer, marked as interrupted, and what
 * they cost is closed. Only the one process that owns the data may do this, before it runs turns itself.
 * @returns how many
 */
export async function settle({ storage, now }: Pick<TurnDeps, 'storage' | 'now'>): Promise<number> {
  const orphans = await storage.runningTurns();
  for (const { id: turnId } of orphans) {
    const answer = new Answer();
    for (const { event } of readRows(await storage.events(turnId, 0))) {
      if (event.type === 'text') answer.addText(event.content);
      else if (event.type === 'products') answer.addProducts(event);
      else if (event.type === 'reset') answer.clear();
    }
    const said = answer.parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
    await storage.abandonUsage(turnId, estimateTokens(said));
    await storage.finishTurn({
      turnId,
      finish: 'error',
      interrupted: true,
      error: INTERRUPTED,
      parts: answer.parts,
      now: now(),
    });
  }
  return orphans.length;
}
