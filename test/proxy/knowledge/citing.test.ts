import { expect, test } from 'vitest';
import { runTurn } from '../../../proxy/chat/turn.ts';
import { createKnowledge, createPassageSearch } from '../../../proxy/knowledge/index.ts';
import { answers, judgedQuestions } from '../../bench/judged-documents.ts';
import { addPippalo } from '../../bench/knowledge-recall.ts';
import { quotingModel } from '../../fakes/quoting-model.ts';
import { actsOf, begin, question, shop as petShop, workshop } from '../chat/workshop.ts';

const shop = { ...petShop, tools: ['search_documents'] };

/** Every second one: all of them take twice as long and give the same. */
const questions = judgedQuestions().questions.filter((_, index) => index % 2 === 0);

test.each([
  // Measured on all of the questions: 0.97, and 0.71.
  { who: 'reads well', reads: true, least: 0.94 },
  { who: 'takes the sentence with most of the words', reads: false, least: 0.65 },
])(
  'answers of a model that $who point at the passage that holds the fact',
  async ({ reads, least }) => {
    const judgedOf = (text: string) => questions.find(({ q }) => text.includes(q))!;
    const model = quotingModel((text) => {
      const { asks, fact } = judgedOf(text);
      return reads ? { asks, fact } : { asks };
    });
    const made = await workshop(model, {}, shop);
    const { storage } = made.deps;
    const sources = await addPippalo(storage, shop.slug, AbortSignal.timeout(20_000));
    const deps = {
      ...made.deps,
      knowledge: createKnowledge({
        storage,
        search: createPassageSearch({ storage }),
        embedderOf: () => undefined,
        log: made.deps.log,
      }),
    };
    const sourceOf = new Map((await storage.documents(shop.slug)).map(({ id, title }) => [title, sources.get(id)]));

    let cited = 0;
    let right = 0;
    for (const [index, judged] of questions.entries()) {
      const turn = await begin(deps, { ...question(judged.q), visitorId: `vis_${index}` });
      let quoted = '';
      for await (const event of runTurn(deps, { shop, turn, acts: actsOf(turn) }, new AbortController().signal)) {
        if (event.type !== 'citations') continue;
        const [{ title, section = '', quote = '' }] = event.data as [(typeof event.data)[0]];
        expect(event.data).toHaveLength(1);
        cited++;
        const query = { query: `${title} ${section} ${quote}`.slice(0, 500), limit: 20 };
        const found = await deps.knowledge.search(shop.slug, query, AbortSignal.timeout(5_000));
        const passage = found.find((one) => one.title === title && one.section === section && holds(one.text, quote));
        quoted = quote;
        if (passage && answers(judged, sourceOf.get(title), passage)) right++;
      }
      expect(quoted, judged.q).not.toBe('');
    }
    expect(cited).toBe(questions.length);
    expect(right / questions.length).toBeGreaterThanOrEqual(least);
  },
  60_000,
);

function holds(text: string, quote: string): boolean {
  const plain = (some: string) => some.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return plain(text).includes(plain(quote));
}
