import { restsOn } from './citations/rests.ts';
import { saysUnknown } from './citations/unknown.ts';
import type { GapRow, StoredPart, TurnRow } from '../storage/types.ts';
import type { LookUp } from '../tools/types.ts';
import { keptQuery } from './tool-loop.ts';
import type { TurnDeps } from './types.ts';

/** Of one turn. */
const MAX_GAPS = 5;

/**
 * Keeps for the owner what shoppers asked and the shop has no answer to: what was looked for in its documents when the answer
 * neither cites one of them nor says what stands there, found or not, or says that it doesn't know; what was searched for in the catalogue and isn't there;
 * and words in which a search found nothing, though the answer shows products in the end. That it can't be kept is no
 * reason to fail an answer.
 */
export async function noteGaps(
  { storage, log, now }: Pick<TurnDeps, 'storage' | 'log' | 'now'>,
  { shop, threadId, id: turnId, own }: TurnRow,
  lookUps: readonly LookUp[],
  parts: readonly StoredPart[],
  /** What the tools found in the documents. */
  passages: readonly string[],
): Promise<void> {
  if (own) return;
  for (const [kind, queries] of missing(lookUps, parts, passages)) {
    for (const query of queries) {
      try {
        await storage.addGap({ shop, threadId, turnId, kind, query, createdAt: now() });
      } catch (error) {
        log.error({ err: error, turn: turnId }, 'a gap could not be kept');
      }
    }
  }
}

function missing(
  lookUps: readonly LookUp[],
  parts: readonly StoredPart[],
  passages: readonly string[],
): [GapRow['kind'], string[]][] {
  // What moderation has taken back is kept nowhere.
  if (parts.some((part) => part.type === 'notice' && part.code === 'moderated')) return [];
  const said = parts.map((part) => (part.type === 'text' ? part.content : '')).join('\n');
  const lookedFor = lookUps.map(({ query }) => query);
  const isCited =
    parts.some(({ type }) => type === 'citations') || (!saysUnknown(said) && restsOn(said, passages, lookedFor));
  const isShown = parts.some(({ type }) => type === 'products' || type === 'comparison');
  const queriesOf = (kind: LookUp['kind'], isMissing: (lookUp: LookUp) => boolean): string[] => {
    const queries = lookUps
      .filter((lookUp) => lookUp.kind === kind && isMissing(lookUp))
      .map(({ query }) => keptQuery(query))
      .filter((query) => query !== '');
    return [...new Set(queries)].slice(0, MAX_GAPS);
  };
  return [
    ['documents', queriesOf('documents', () => !isCited)],
    [isShown ? 'no_result' : 'search', queriesOf('search', ({ found }) => found === 0)],
  ];
}
