import { cleanLine } from '../clean-text.ts';
import type { Passage } from '../knowledge/types.ts';
import type { FoundPart, HostedSearch } from '../models/types.ts';
import type { Prompt } from './context/prompt.ts';
import type { Facts } from './claims/facts.ts';
import type { Sources } from './citations/sources.ts';
import type { ToolStep } from '../storage/types.ts';
import type { LookUp } from '../tools/types.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** What a provider's own search stands in for; a shopper isn't told which of the two it is. */
export const SEARCH = 'search_documents';
/** In one call of the model. */
const MOST = { maxSearches: 3, maxParts: 5 };
/** UTF-16 code units of what is kept of a search. */
const MAX_QUERY = 200;
/** Of a turn: more than its calls of the model may make. */
const MAX_SEARCHES = 40;

/** What goes along with every request of a turn whose shop has the model's server search; undefined elsewhere. */
export function hostedSearchOf({ hosted }: TurnInput, prompt: Prompt): HostedSearch | undefined {
  const { hostedInstructions: instructions } = prompt;
  if (!hosted || instructions === undefined) return undefined;
  const { files: _, ...place } = hosted;
  return { replaces: SEARCH, instructions, ...place, ...MOST };
}

/** What grows with every search. */
export interface Learned {
  facts: Facts;
  sources: Sources;
  lookUps: LookUp[];
  steps: ToolStep[];
}

export interface Found {
  queries: readonly string[];
  parts: readonly FoundPart[];
  startedAt: number;
  signal: AbortSignal;
}

/**
 * What the provider's own search has found, as far as it stands in the shop's documents, is from now on what the answer may state
 * and cite. Of anything else that it may have found, nothing. That we can't look it up costs the answer its marks, not more.
 */
export async function learnFound(
  { knowledge, log, now, watch }: Pick<TurnDeps, 'knowledge' | 'log' | 'now' | 'watch'>,
  { turn, hosted: documents }: TurnInput,
  { facts, sources, lookUps, steps }: Learned,
  { queries, parts, startedAt, signal }: Found,
): Promise<void> {
  let passages: Passage[] = [];
  let failed = false;
  try {
    if (documents) passages = await knowledge.behind(turn.shop, { documents, queries, parts }, signal);
  } catch (error) {
    signal.throwIfAborted();
    failed = true;
    log.error({ err: error, tool: SEARCH, turn: turn.id }, 'a tool failed');
  }
  sources.learn(passages, queries.join(' '));
  facts.learn(passages.map(({ title, section, text }) => ({ title, section, text })));
  const query = cleanLine(queries[0] ?? '', MAX_QUERY);
  if (steps.length < MAX_SEARCHES) {
    lookUps.push({ kind: 'documents', query, found: passages.length });
    steps.push({ name: SEARCH, query, found: passages.length, ...(failed && { failed }) });
  }
  const { shop, id: turnId } = turn;
  watch?.ran({ name: SEARCH, known: true, failed, startedAt, endedAt: now(), shop, turnId });
}
