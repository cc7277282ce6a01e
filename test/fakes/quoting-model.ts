import type { Model, ModelItem } from '../../proxy/models/types.ts';
import { questionGroups } from '../../proxy/knowledge/question.ts';
import { wordsOf } from '../../proxy/words.ts';
import { calls, says } from './scripted-model.ts';

interface Told {
  n: number;
  text: string;
}

/** What a question is looked up as: the query and its synonyms; and, for a model that reads well, words of its answer. */
export interface Reading {
  asks: readonly string[];
  fact?: string;
}

/**
 * A model that looks a question up and repeats a sentence of a passage, with the passage's mark: the one with the answer
 * where it can read, else the one with most of the question's words.
 */
export function quotingModel(readingOf: (question: string) => Reading): Model {
  return {
    id: 'quoting',
    async *stream({ input }, signal) {
      signal.throwIfAborted();
      const asked = input.findLast((item) => item.type === 'message' && item.role === 'user');
      const { asks, fact } = readingOf(asked && 'text' in asked ? asked.text : '');
      const passages = toldIn(input.at(-1));
      if (!passages) {
        const [query, ...synonyms] = asks;
        yield* calls({ name: 'search_documents', args: { query, synonyms, limit: 4 } });
        return;
      }
      const plain = (text: string) => text.replaceAll(/\s+/g, ' ');
      const known = fact !== undefined && passages.find(({ text }) => plain(text).includes(fact));
      const best = known ? { n: known.n, sentence: fact } : bestSentence(passages, asks);
      yield* best ? says(`${best.sentence} [[doc:${best.n}]]`) : says('I don’t know.');
    },
  };
}

function toldIn(item: ModelItem | undefined): Told[] | undefined {
  if (!item || !('output' in item)) return undefined;
  const [, json = '{}'] = /^<data>\n(.*)\n<\/data>$/.exec(item.output) ?? [];
  return (JSON.parse(json) as { passages?: Told[] }).passages;
}

function bestSentence(passages: readonly Told[], asks: readonly string[]): { n: number; sentence: string } | undefined {
  const groups = asks.flatMap(questionGroups);
  let best: { n: number; sentence: string; score: number } | undefined;
  for (const { n, text } of passages) {
    for (const sentence of text.split(/(?<=[.!?])\s+|\n+/)) {
      const words = wordsOf(sentence);
      const has = groups.filter((forms) => forms.some((form) => words.some((word) => word.startsWith(form)))).length;
      // The first passage is the likeliest; among its sentences the one that has most.
      const score = has / groups.length - n / 10;
      if (!best || score > best.score) best = { n, sentence, score };
    }
  }
  return best;
}
