import type { ChatCompletionRequest, ChatMessage } from '@copilotkit/aimock';
import { actOn } from './acts.ts';
import { headingOf, noCatalogue, nothingFound, recommendation, unclear } from './answer.ts';
import { choose, type Found } from './choice.ts';
import type { Keyword, Question } from './question.ts';
import { answerTo } from './small-talk.ts';
import type { PageTool } from './asked.ts';
import { questionsAfter } from './suggestions.ts';
import { understand } from './understand.ts';

type ToolCalls = [{ name: string; arguments: string }];
/** Text for the shopper, perhaps with questions to ask next, or the one tool to call first. */
export type Reply = { content: string; toolCalls?: ToolCalls } | { toolCalls: ToolCalls };

/** Small talk after which it helps to know what can be asked. */
const STARTS: ReadonlySet<string> = new Set(['greeting', 'identity', 'offTopic']);

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
  const asked = understand(messages.filter(({ role }) => role === 'user').map(textOf));
  const mayCall = (name: string) =>
    request.tool_choice !== 'none' && !!request.tools?.some((tool) => tool.function.name === name);

  const turn = messages.slice(lastUser);
  const search = foundBy(turn, 'search_products');
  const question = convertible(asked, search?.currency);
  const act = actOn({
    said: messages.filter(({ role }) => role === 'user').map(textOf),
    answers: messages.slice(0, lastUser).flatMap((one) => (one.role === 'assistant' ? [textOf(one)] : [])),
    language: asked.language,
    mayCall,
    pageTools: request.tool_choice === 'none' ? [] : pageToolsOf(request.tools ?? []),
    outputs: (name) => outputsOf(turn, name),
  });
  const answer = (content: string, about: { products?: Found[]; isStart?: boolean } = {}): Reply => {
    if (!mayCall('suggest_questions')) return { content };
    const { language, order } = question;
    const outputs = (name: string) => outputsOf(turn, name);
    const questions = questionsAfter({ language, order, mayCall, outputs, products: [], isStart: false, ...about });
    return { content, ...(questions.length > 0 && call('suggest_questions', { questions })) };
  };
  if (act) return 'call' in act ? call(act.call, act.input) : answer(act.say);

  if (question.intent === 'unclear') return answer(unclear(question.language), { isStart: true });
  if (question.intent !== 'search') {
    return answer(answerTo(question.intent, question.language), { isStart: STARTS.has(question.intent) });
  }
  if (search === undefined) {
    return mayCall('search_products')
      ? call('search_products', searchFor(question))
      : { content: noCatalogue(question.language) };
  }
  if (search === null) return { content: noCatalogue(question.language) };

  if (question.unconverted && outputsOf(turn, 'search_products').length === 1 && mayCall('search_products')) {
    return call('search_products', searchFor(question));
  }
  const chosen = choose(search.products, question);
  if (chosen.length === 0) return answer(nothingFound(question), { isStart: true });
  const shown = foundBy(turn, 'show_products');
  if (shown === undefined && mayCall('show_products')) {
    const title = headingOf(question, search.currency);
    return call('show_products', { product_ids: chosen.map(({ id }) => id), title, why: null });
  }
  return answer(recommendation(question, chosen, search.currency), { products: chosen });
}

/** It knows no rates: limits in a currency that isn't the shop's are left out, and that is said. */
function convertible(question: Question, currency: string | undefined): Question {
  const { currency: said, minPrice, maxPrice } = question;
  if (!said || !currency || said === currency || (minPrice === null && maxPrice === null)) return question;
  return { ...question, minPrice: null, maxPrice: null, unconverted: true };
}

/** What of a tool's schema the model goes by. */
interface Parameter {
  enum?: string[];
  anyOf?: Parameter[];
}

function pageToolsOf(tools: NonNullable<ChatCompletionRequest['tools']>): PageTool[] {
  const own = tools.filter((tool) => tool.function.name.startsWith('page_'));
  return own.map(({ function: { name, description = '', parameters } }) => {
    const { properties = {} } = (parameters ?? {}) as { properties?: Record<string, Parameter> };
    const choices = Object.entries(properties).map(([key, parameter]) => [key, valuesOf(parameter)] as const);
    return { name, description, properties: Object.fromEntries(choices) };
  });
}

function valuesOf({ enum: values, anyOf = [] }: Parameter): string[] {
  return values ?? anyOf.flatMap(valuesOf);
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
    category: null,
    options: [],
    min_price: minPrice,
    max_price: maxPrice,
    in_stock_only: inStockOnly,
    on_sale_only: onSaleOnly,
    sort: 'relevance',
    limit: LIMIT,
  };
}

function phrase(keywords: readonly Keyword[], say: (word: string, concept: Keyword['concept']) => string): string {
  return keywords
    .map(({ word, concept }) => say(word, concept))
    .join(' ')
    .slice(0, 200);
}

function call(name: string, input: object): { toolCalls: ToolCalls } {
  return { toolCalls: [{ name, arguments: JSON.stringify(input) }] };
}

/** What a search or a show answered last; undefined when it wasn't called, null when it failed. */
function foundBy(
  turn: readonly ChatMessage[],
  name: string,
): { products: Found[]; currency?: string } | null | undefined {
  const output = outputsOf(turn, name).at(-1);
  const readable = output && 'products' in output && Array.isArray(output.products);
  return readable ? (output as { products: Found[]; currency?: string }) : output && null;
}

/** What a tool answered in this turn, each time it was called; null where it failed. */
function outputsOf(turn: readonly ChatMessage[], name: string): (object | null)[] {
  const ids = new Set(
    turn
      .flatMap(({ tool_calls }) => tool_calls ?? [])
      .filter((one) => one.function.name === name)
      .map(({ id }) => id),
  );
  return turn
    .filter(({ role, tool_call_id }) => role === 'tool' && tool_call_id !== undefined && ids.has(tool_call_id))
    .map((message) => {
      try {
        const output: unknown = JSON.parse(unfenced(textOf(message)));
        return typeof output === 'object' ? output : null;
      } catch {
        // A tool that failed answers in prose; that is for the model to read, and this one doesn't.
        return null;
      }
    });
}

/** The proxy fences what its tools found (proxy/chat/context/fence.ts). */
function unfenced(text: string): string {
  return text.replace(/^<data>|<\/data>$/g, '');
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('');
}
