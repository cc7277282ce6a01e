import type { Knowledge } from '../../proxy/knowledge/types.ts';
import { answers, judgedQuestions, type Asked, type JudgedQuestion } from './judged-documents.ts';

export interface PassageRecall {
  questions: number;
  /** Shares of the questions whose answer stands in the first passage, and in the first three. */
  at1: number;
  at3: number;
  /** At three, of what is asked in the document's language and of what is not. */
  byKind: Record<'en' | 'he' | 'crossing', number>;
  missed: JudgedQuestion[];
  /** Of the questions that no document answers: how many found something all the same. */
  nowhere: { questions: number; found: number };
}

/** As the shopper typed it, or as a model asks the tool: in keywords, with other words for the same. */
export type Wording = 'typed' | 'rewritten';

/** @param sources what each document was made from, by its id */
export async function measurePassages(
  { search }: Pick<Knowledge, 'search'>,
  { shop, sources, wording }: { shop: string; sources: ReadonlyMap<string, string>; wording: Wording },
): Promise<PassageRecall> {
  const { questions, nowhere } = judgedQuestions();
  const ask = ({ q, asks: [query = q, ...synonyms] }: Asked) =>
    search(
      shop,
      { limit: 3, ...(wording === 'typed' ? { query: q } : { query, synonyms }) },
      AbortSignal.timeout(10_000),
    );
  const places: { question: JudgedQuestion; place: number }[] = [];
  for (const question of questions) {
    const found = await ask(question);
    const place = found.findIndex((passage) => answers(question, sources.get(passage.documentId), passage));
    places.push({ question, place: place === -1 ? Infinity : place + 1 });
  }
  let answered = 0;
  for (const one of nowhere) if ((await ask(one)).length > 0) answered++;
  const within = (some: typeof places, rank: number) => some.filter(({ place }) => place <= rank).length / some.length;
  const of = (lang: string) => places.filter(({ question }) => !question.crosses && question.lang === lang);
  return {
    questions: questions.length,
    at1: within(places, 1),
    at3: within(places, 3),
    byKind: {
      en: within(of('en'), 3),
      he: within(of('he'), 3),
      crossing: within(
        places.filter(({ question }) => question.crosses),
        3,
      ),
    },
    missed: places.filter(({ place }) => place > 3).map(({ question }) => question),
    nowhere: { questions: nowhere.length, found: answered },
  };
}
