import type { Passage } from '../knowledge/types.ts';
import type { HostedSearch, ModelEvent } from '../models/types.ts';
import type { ChatEvent } from '../protocol/index.ts';
import type { Prompt } from './context/prompt.ts';
import type { Facts } from './claims/facts.ts';
import type { Sources } from './citations/sources.ts';
import type { Speech } from './speech.ts';
import { keptQuery, MAX_STEPS } from './tool-loop.ts';
import type { ToolStep } from '../storage/types.ts';
import type { LookUp } from '../tools/types.ts';
import type { TurnDeps, TurnInput } from './types.ts';

/** What a provider's own search stands in for; a shopper isn't told which of the two it is. */
export const SEARCH = 'search_documents';
/** In one call of the model. */
const MOST = { maxSearches: 3, maxParts: 5 };

/** What grows with every search. */
interface Learned {
  facts: Facts;
  sources: Sources;
  speech: Speech;
  lookUps: LookUp[];
  steps: ToolStep[];
}

type EventOf<Type extends ModelEvent['type']> = Extract<ModelEvent, { type: Type }>;

/** What becomes of a search that the model's own server makes while it answers: the same for the shopper as of our own tool's. */
export class HostedSearches {
  /** What goes along with every request of a turn whose shop has the model's server search; undefined elsewhere. */
  readonly wanted: HostedSearch | undefined;
  readonly #deps: Pick<TurnDeps, 'knowledge' | 'log' | 'now' | 'watch'>;
  readonly #input: TurnInput;
  readonly #learned: Learned;
  #startedAt = 0;

  constructor(deps: TurnDeps, input: TurnInput, learned: Learned, { hostedInstructions: instructions }: Prompt) {
    this.#deps = deps;
    this.#input = input;
    this.#learned = learned;
    const { hosted } = input;
    if (!hosted || instructions === undefined) return;
    const { files: _, version: __, ...place } = hosted;
    this.wanted = { replaces: SEARCH, instructions, ...place, ...MOST };
  }

  /** What the shopper hears of it. */
  *hear(event: EventOf<'searching' | 'found' | 'cited'>): Generator<ChatEvent> {
    const { speech } = this.#learned;
    if (event.type === 'cited') {
      const document = this.#input.hosted?.files.get(event.file);
      // Nobody gave it that one to read.
      if (document !== undefined) yield* speech.cites(document, event.back);
      return;
    }
    if (event.type === 'searching') this.#startedAt = this.#deps.now();
    yield* speech.event({ type: 'tool', name: SEARCH, status: event.type === 'searching' ? 'started' : 'done' });
  }

  /**
   * What was found, as far as it stands in the shop's documents, is from now on what the answer may state and cite. Of anything else
   * that may have been found, nothing. That we can't look it up costs the answer its marks, not more.
   */
  async found({ queries, parts }: EventOf<'found'>, signal: AbortSignal): Promise<void> {
    const { knowledge, log, now, watch } = this.#deps;
    const { turn, hosted: documents } = this.#input;
    const { facts, sources, lookUps, steps } = this.#learned;
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
    const query = keptQuery(queries[0] ?? '');
    if (steps.length < MAX_STEPS) {
      lookUps.push({ kind: 'documents', query, found: passages.length });
      steps.push({ name: SEARCH, query, found: passages.length, ...(failed && { failed }) });
    }
    const { shop, id: turnId } = turn;
    watch?.ran({ name: SEARCH, known: true, failed, startedAt: this.#startedAt, endedAt: now(), shop, turnId });
  }
}
