import type { PassageReader, RankedPassage } from '../storage/types.ts';
import { coverage, questionGroups } from './question.ts';
import { passagesBehind } from './stored.ts';
import type { Passage, PassageQuery, StoredPart } from './types.ts';
import { fused, type VectorSearch } from './vectors.ts';

/** Chunks that are ranked again; more would not change the first page. */
const CANDIDATES = 60;
const MAX_LIMIT = 20;
const MAX_SYNONYMS = 10;
const MAX_QUERY = 500;
/** Of a question's words; a chunk that has fewer only shares a word with it. */
const LEAST_COVERED = 0.2;

export interface PassageSearchOptions {
  storage: PassageReader;
  /** Where a shop has vectors: what they find is mixed with what words find. */
  vectors?: VectorSearch;
}

/** What a question is asked as. */
export interface PassageTask extends PassageQuery {
  /** Of the question, by the model whose vectors the shop keeps. */
  vector?: { model: string; values: Float32Array };
  /** What the shop's store at a provider found for it, best first. */
  stored?: readonly StoredPart[];
  /** Nothing but what stands in these. */
  storedAlone?: true;
}

/** Finds passages. CPU-bound: the proxy runs it beside its streams. */
export function createPassageSearch({ storage, vectors }: PassageSearchOptions) {
  return async function search(shop: string, task: PassageTask): Promise<Passage[]> {
    const limit = Math.min(Math.max(Math.trunc(task.limit) || 1, 1), MAX_LIMIT);
    const texts = [task.query, ...(task.synonyms ?? []).slice(0, MAX_SYNONYMS)];
    const questions = texts
      .map((text) => questionGroups(text.slice(0, MAX_QUERY)))
      .filter((groups) => groups.length > 0);
    const { vector, stored, storedAlone } = task;
    const byWords = storedAlone ? [] : await searchWords(shop, questions, vector || stored ? CANDIDATES : limit);
    if (!(vector && vectors) && !stored) return byWords.slice(0, limit);
    const near = vector && vectors ? await vectors.nearest(shop, vector, CANDIDATES) : [];
    const behind = await passagesBehind(storage, shop, stored ?? [], questions);
    const ids = fused([byWords.map(({ id }) => id), near, behind.ids]);
    const own = new Map((await storage.passages(shop, ids)).map((passage) => [passage.id, passage]));
    return ids.flatMap((id) => own.get(id) ?? behind.others.get(id) ?? []).slice(0, limit);
  };

  async function searchWords(shop: string, questions: readonly string[][][], enough: number): Promise<Passage[]> {
    if (questions.length === 0) return [];
    // Those with all the words first: among many that have some, they may not be under the best by rank alone.
    const all = await storage.searchPassages(shop, { questions, words: 'all', limit: CANDIDATES });
    // Only where too few have all the words is it worth the time to look at those that have some.
    const some =
      all.length >= enough ? [] : await storage.searchPassages(shop, { questions, words: 'any', limit: CANDIDATES });
    const known = new Set(all.map(({ passage }) => passage.id));
    return [...all, ...some.filter(({ passage }) => !known.has(passage.id))]
      .map((found) => ({ passage: found.passage, ...score(found, questions) }))
      .filter(({ covered }) => covered >= LEAST_COVERED)
      .toSorted((a, b) => b.score - a.score || a.passage.id - b.passage.id)
      .map(({ passage }) => passage);
  }
}

/**
 * How much of a question a chunk has counts most, in its own text more than in its headings: all chunks of a document share
 * its title. Then how rare the words are. `rank` is negative, lower is better.
 */
function score({ rank, terms, headTerms }: RankedPassage, questions: readonly string[][][]) {
  const [all, head, body] = [` ${terms}`, ` ${headTerms}`, terms.slice(headTerms.length)];
  const scores = questions.map((groups) => {
    const covered = coverage(all, groups);
    return covered * 10 + coverage(body, groups) * 5 + coverage(head, groups) * 3 + (covered === 1 ? 4 : 0);
  });
  const covered = Math.max(...questions.map((groups) => coverage(all, groups)));
  return { covered, score: Math.max(...scores) - rank };
}
