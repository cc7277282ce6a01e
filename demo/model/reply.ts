import type { ChatCompletionRequest, ChatMessage } from '@copilotkit/aimock';
import { wordsOf } from '../../proxy/catalog/normalise.ts';
import { headingOf, noCatalogue, nothingFound, recommendation, smallTalk, type Found } from './answer.ts';
import { kindOf, understand, type Keyword, type Question } from './question.ts';

/** Text for the shopper, or the one tool to call next. */
export type Reply = { content: string } | { toolCalls: [{ name: string; arguments: string }] };

/** Cards in one answer. */
const SHOWN = 4;
/** Products asked for; choosing from more than are shown is what a real model does. */
const LIMIT = 20;

/**
 * The demo model's next step, from nothing but the request, as for any model: search, then show what fits, then say it.
 * Throws for a request that no client of ours sends.
 */
export function reply(request: ChatCompletionRequest): Reply {
  const { messages } = request;
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  if (lastUser < 0) throw new Error('The request holds no message of a user.');
  const question = understand(messages.filter(({ role }) => role === 'user').map(textOf));
  const search = lastOutput(messages.slice(lastUser), 'search_products');
  const mayCall = (name: string) =>
    request.tool_choice !== 'none' && !!request.tools?.some((tool) => tool.function.name === name);

  if (question.intent !== 'search') return { content: smallTalk(question) };
  if (search === undefined) {
    return mayCall('search_products')
      ? call('search_products', searchFor(question))
      : { content: noCatalogue(question.language) };
  }
  if (search === null) return { content: noCatalogue(question.language) };

  const chosen = choose(search.products, question);
  if (chosen.length === 0) return { content: nothingFound(question) };
  const shown = lastOutput(messages.slice(lastUser), 'show_products');
  if (shown === undefined && mayCall('show_products')) {
    const title = headingOf(question, search.currency);
    return call('show_products', { product_ids: chosen.map(({ id }) => id), title, why: null });
  }
  return { content: recommendation(question, chosen, search.currency) };
}

function searchFor(question: Question) {
  const { keywords, minPrice, maxPrice, inStockOnly, onSaleOnly } = question;
  const query = phrase(keywords, (word) => word);
  const translations = [
    phrase(keywords, (word, concept) => concept?.en[0] ?? word),
    phrase(keywords, (word, concept) => concept?.he[0] ?? word),
  ];
  return {
    query,
    synonyms: [...new Set(translations)].filter((words) => words !== query),
    min_price: minPrice,
    max_price: maxPrice,
    in_stock_only: inStockOnly,
    on_sale_only: onSaleOnly,
    limit: LIMIT,
  };
}

function phrase(keywords: readonly Keyword[], say: (word: string, concept: Keyword['concept']) => string): string {
  return keywords
    .map(({ word, concept }) => say(word, concept))
    .join(' ')
    .slice(0, 200);
}

/**
 * The products that have most of what was asked for, in the order found but with what is sold out last: a search also
 * returns what has only one word of it. Who asks for cheaper ones gets those that fit a little less well, too.
 */
function choose(products: readonly Found[], { keywords, cheapestFirst }: Question): Found[] {
  if (keywords.length === 0) return oneOfEachKind(products).slice(0, SHOWN);
  const scored = products.map((product) => ({ product, fit: fitOf(product, keywords) }));
  const best = Math.max(0, ...scored.map(({ fit }) => fit));
  const enough = cheapestFirst ? Math.min(best, Math.max(best - 2, WEIGHT.animal + WEIGHT.goods)) : best;
  const fitting = scored.filter(({ fit }) => fit >= enough).map(({ product }) => product);
  const soldOut = ({ availability }: Found) => Number(availability === 'out_of_stock');
  const dearer = (a: Found, b: Found) => (cheapestFirst ? Number(a.price) - Number(b.price) : 0);
  return fitting.sort((a, b) => soldOut(a) - soldOut(b) || dearer(a, b)).slice(0, SHOWN);
}

/** Food for another animal is never a near miss, and a dog's shampoo no kind of dog food. */
const WEIGHT = { animal: 3, goods: 2, quality: 1 } as const;

function fitOf(product: Found, keywords: readonly Keyword[]): number {
  const everything = wordsOf(JSON.stringify(product));
  const label = wordsOf([product.title, ...(product.categories ?? [])].join('\n'));
  let fit = 0;
  for (const keyword of keywords) {
    const kind = kindOf(keyword);
    if ((kind === 'goods' ? label : everything).some((word) => means(word, keyword))) fit += WEIGHT[kind];
  }
  return fit;
}

/** Hebrew writes one-letter words together with the next one; a word we don't know may go on ("run": "running"). */
function means(word: string, { word: asked, concept }: Keyword): boolean {
  if (concept) return [word, word.slice(1)].some((form) => concept.en.includes(form) || concept.he.includes(form));
  const beginnings = /^[הובכלמש][א-ת]{3,}$/.test(asked) ? [asked, asked.slice(1)] : [asked];
  return beginnings.some(
    (beginning) => beginning.length > 2 && (word.startsWith(beginning) || word.slice(1) === beginning),
  );
}

/** Nothing was named but limits ("what is on sale?"): first one product of each leading category, then the others. */
function oneOfEachKind(products: readonly Found[]): Found[] {
  const seen = new Set<string | undefined>();
  const first = products.filter(({ categories }) => !seen.has(categories?.[0]) && seen.add(categories?.[0]));
  return [...first, ...products.filter((product) => !first.includes(product))];
}

function call(name: string, input: object): Reply {
  return { toolCalls: [{ name, arguments: JSON.stringify(input) }] };
}

/** What a tool answered last; undefined when it wasn't called, null when it failed. */
function lastOutput(
  turn: readonly ChatMessage[],
  name: string,
): { products: Found[]; currency?: string } | null | undefined {
  const ids = new Set(
    turn
      .flatMap(({ tool_calls }) => tool_calls ?? [])
      .filter((one) => one.function.name === name)
      .map(({ id }) => id),
  );
  const message = turn.findLast(
    ({ role, tool_call_id }) => role === 'tool' && tool_call_id !== undefined && ids.has(tool_call_id),
  );
  if (!message) return undefined;
  try {
    const output: unknown = JSON.parse(textOf(message));
    const readable =
      typeof output === 'object' && output !== null && 'products' in output && Array.isArray(output.products);
    return readable ? (output as { products: Found[]; currency?: string }) : null;
  } catch {
    // A tool that failed answers in prose; that is for the model to read, and this one doesn't.
    return null;
  }
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}
