import { createHash } from 'node:crypto';
import { answer, output, call, type Reply } from '../fakes/fake-openai-replies.ts';
import type { RecordedRequest } from '../fakes/fake-openai.ts';
import type { Play } from './upstream.ts';

/** One of the questions in test/fixtures/questions. */
export interface MixQuestion {
  visitor: string;
  text: string;
  /**
   * The same for two questions of the same words, whatever their case, blanks and punctuation; another one for a
   * paraphrase, a typo, another number. Written by hand: this is what the proxy's own comparison is judged by.
   */
  means: string;
  /** Of the page. */
  locale: string;
  /** Goes on with the thread of that question. */
  after?: number;
  signed_in?: true;
  /** About the shopper's own order or cart. */
  personal?: true;
  /** The visitor asks what they asked before, in a new thread. */
  again?: true;
}

/** What differs between two shops and two visitors though their answers may not. */
const NOT_IN_THE_ANSWER = new Set(['prompt_cache_key', 'safety_identifier', 'model']);
const CARDS = 3;

/**
 * A model that reads everything: it searches, shows what was found, and answers in words that depend on all of the request,
 * down to a price in a tool's output and a word in the instructions. Only how a question is written down makes no difference
 * to it. Asked about an order or a cart it counts, so that no two of its answers are the same.
 */
export function mixModel(questions: readonly MixQuestion[]): Play {
  const means = new Map(questions.map(({ text, means }) => [text, means]));
  const personal = new Set(questions.flatMap((question) => (question.personal ? question.means : [])));
  let asked = 0;

  return function play({ body }: RecordedRequest): Reply {
    const last = lastQuestion(body.input, means);
    const outputs = body.input.filter(({ type }) => type === 'function_call_output');
    if (personal.has(last)) {
      if (last === 'my cart' && outputs.length === 0) return output([call('view_cart', {})]);
      return answer(`That is for you alone: ${letters(String(asked++))}.`);
    }
    if (outputs.length === 0) return output([call('search_products', searching(last))]);
    const ids = outputs.length > 1 ? [] : idsIn(String(outputs[0]!['output'])).slice(0, CARDS);
    if (ids.length > 0) return output([call('show_products', { product_ids: ids, title: null, why: null })]);
    const read = JSON.stringify(body, (key, value: unknown) => {
      if (NOT_IN_THE_ANSWER.has(key)) return undefined;
      return typeof value === 'string' ? (means.get(value) ?? value) : value;
    });
    return answer(`This is what I can tell you about it, and nothing else: ${letters(read)}.`);
  };
}

function lastQuestion(input: readonly Record<string, unknown>[], means: ReadonlyMap<string, string>): string {
  const items = input.filter(({ role }) => role === 'user').map((item) => JSON.stringify(item['content']));
  const last = items.at(-1) ?? '';
  for (const [text, meaning] of means) if (last.includes(JSON.stringify(text))) return meaning;
  return '';
}

function searching(query: string) {
  return {
    query,
    synonyms: [],
    category: null,
    options: [],
    min_price: null,
    max_price: null,
    in_stock_only: false,
    on_sale_only: false,
    sort: 'relevance',
    limit: 5,
  };
}

/** Of the products in a tool's output, in its order. */
function idsIn(found: string): number[] {
  return [...found.matchAll(/"id":(\d+)/g)].map(([, id]) => Number(id));
}

/** Letters alone: a figure would have to be accounted for. */
function letters(text: string): string {
  const bytes = createHash('sha256').update(text).digest();
  return [...bytes.subarray(0, 20)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');
}
