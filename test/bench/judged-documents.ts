/** Questions as shoppers ask them, judged by hand: which passage of Pippalo's documents answers each. */
import { readFileSync } from 'node:fs';
import type { Passage } from '../../proxy/knowledge/types.ts';

export interface Asked {
  lang: 'en' | 'he';
  q: string;
  /** What a model made of it for the tool, once: the query and its synonyms. */
  asks: string[];
}

export interface JudgedQuestion extends Asked {
  /** The file in demo/documents. */
  document: string;
  /** The heading above the answer; '' where the document has none there. */
  section: string;
  /** Words of the passage that answers; a passage of the same document without them doesn't. */
  fact: string;
  /** Asked in another language than the document's: words alone can hardly find it. */
  crosses?: true;
}

export interface JudgedQuestions {
  questions: JudgedQuestion[];
  /** No document answers these. */
  nowhere: Asked[];
}

export function judgedQuestions(): JudgedQuestions {
  const file = new URL('../fixtures/documents/questions.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as JudgedQuestions;
}

/** Whether the passage answers: it is of the right document and holds the fact, wherever its lines break. */
export function answers(
  { document, fact }: JudgedQuestion,
  source: string | undefined,
  { text }: Pick<Passage, 'text'>,
) {
  return source === document && plain(text).includes(plain(fact));
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}
