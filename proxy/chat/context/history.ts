import type { StoredProduct } from '../../catalog/types.ts';
import type { ModelItem } from '../../models/types.ts';
import type { Citation, LastingNoticeCode } from '../../protocol/index.ts';
import type { Shop } from '../../shops/types.ts';
import type { MessageRow, StoredPart, SummaryRow } from '../../storage/types.ts';
import { estimateTokens } from '../../tokens.ts';
import { askedOn, idsOnPages } from './asked-on.ts';
import { fence } from './fence.ts';
import { outcomeFacts } from '../known.ts';
import { productIdsIn } from '../live-cards.ts';
import { productsOf } from '../products-of.ts';
import { nameOf, shownEarlier } from './shown-earlier.ts';
import type { AskedTurn, TurnDeps } from '../types.ts';

const TOLD: Record<LastingNoticeCode, string> = {
  off_topic: 'The shopper was told that this assistant only helps with this shop.',
  search_only: 'The shopper was told that only search results can be shown at the moment.',
  contact: 'The shopper was told how to reach the people of the shop.',
  moderated: 'The shopper was told that this is nothing to speak about here.',
};

/** In place of a question that moderation has kept from being answered, or may have. */
const UNANSWERED: StoredPart = { type: 'text', content: '[a question that was not answered]' };

/** A question with its answer, or the part of a thread before its first question. */
export interface ThreadTurn {
  messages: readonly MessageRow[];
  /** What it takes in a request, with the titles of its day: it stays the same as long as the turn does. */
  tokens: number;
}

/** The thread up to now. */
export interface History {
  messages: readonly MessageRow[];
  /** What was on show in it and is still sold, as of today. */
  products: readonly StoredProduct[];
  summary: SummaryRow | undefined;
  /** Those that the summary doesn't hold, oldest first; the last one is the question at hand. */
  turns: readonly ThreadTurn[];
  /** Where the question at hand was asked; told just before it. */
  page?: ModelItem;
}

type HistoryDeps = Pick<TurnDeps, 'storage' | 'catalog' | 'limits'>;

export async function loadHistory(
  { storage, catalog, limits }: HistoryDeps,
  { shop, turn }: Pick<AskedTurn, 'shop' | 'turn'>,
): Promise<History> {
  const messages = await storage.messages(turn.threadId, limits.historyMessages);
  const summary = await storage.summary(turn.threadId);
  const ids = [...new Set([...productIdsIn(messages.flatMap(({ parts }) => parts)), ...idsOnPages(messages)])];
  const products = await productsOf(catalog, turn.shop, ids);
  const turns = turnsOf(messages, summary, shop);
  const asked = messages.find(({ id }) => id === turn.userMessageId)?.page;
  if (!asked) return { messages, products, summary, turns };
  const page = askedOn(asked, products);
  return { messages, products, summary, turns: withTokens(turns, tokensOf([page])), page };
}

/** What is told with the newest turn stays with it. */
function withTokens(turns: readonly ThreadTurn[], more: number): ThreadTurn[] {
  return turns.map((turn, at) => (at === turns.length - 1 ? { ...turn, tokens: turn.tokens + more } : turn));
}

/** What of a thread is not in its summary yet. */
export function turnsOf(
  messages: readonly MessageRow[],
  summary: SummaryRow | undefined,
  { moderation }: Pick<Shop, 'moderation'>,
): ThreadTurn[] {
  const from = messages.findIndex(({ id }) => id === summary?.messageId) + 1;
  const turns: MessageRow[][] = [];
  for (const message of messages.slice(from)) {
    if (message.role === 'user' || turns.length === 0) turns.push([]);
    turns.at(-1)!.push(message);
  }
  // A history never begins with an answer: of the question it belongs to nothing is left.
  if (turns[0]?.[0]?.role === 'assistant') turns.shift();
  const isJudged = moderation?.input === true;
  return turns.map((turn, index) => {
    const isOver = index < turns.length - 1;
    return weighed(isFlagged(turn) || (isJudged && isOver && isUnanswered(turn)) ? withoutQuestion(turn) : turn);
  });
}

/** The turns of a thread whose newest one has got its answer. */
export function withAnswer({ turns }: History, answer: Pick<MessageRow, 'parts' | 'finish'>): readonly ThreadTurn[] {
  const newest = turns.at(-1);
  if (!newest) return turns;
  const messages = newest.messages.map((message) =>
    message.role === 'assistant' ? { ...message, ...answer } : message,
  );
  return [...turns.slice(0, -1), weighed(messages)];
}

function weighed(messages: readonly MessageRow[]): ThreadTurn {
  return { messages, tokens: tokensOf(historyItems(messages, titlesOfOld(messages))) };
}

/** What moderation has taken back is told to no model again, nor what it was the answer to. */
function isFlagged(turn: readonly MessageRow[]): boolean {
  return turn.some(({ parts }) => parts.some((part) => part.type === 'notice' && part.code === 'moderated'));
}

/**
 * Nothing is shown before a question is judged. Where nothing was, a crash may have come before the verdict, and the question
 * is no safer than a flagged one.
 */
function isUnanswered(turn: readonly MessageRow[]): boolean {
  return turn.every(({ role, parts }) => role === 'user' || parts.length === 0);
}

function withoutQuestion(turn: readonly MessageRow[]): readonly MessageRow[] {
  return turn.map((message) => (message.role === 'user' ? { ...message, parts: [UNANSWERED] } : message));
}

/** In a request. */
export function tokensOf(items: readonly ModelItem[]): number {
  return items.length === 0 ? 0 : estimateTokens(JSON.stringify(items));
}

/**
 * The thread as the model reads it, from `turns[first]` on: what was on show before and, where there is one, the summary
 * come first, at one place and the same until the window moves, so that providers can cache what follows.
 */
export function threadItems({ messages, products, summary, turns, page }: History, first: number): ModelItem[] {
  const titles = new Map(products.map((product) => [product.id, product.title]));
  const kept = turns.slice(first).flatMap((turn) => turn.messages);
  const before = messages.slice(0, messages.length - kept.length);
  const items = historyItems(kept, titles);
  if (page) items.splice(Math.max(items.findLastIndex(isQuestion), 0), 0, page);
  const earlier = earlierItem(shownEarlier(before, titles), summary);
  return earlier ? [earlier, ...items] : items;
}

function isQuestion(item: ModelItem): boolean {
  return item.type === 'message' && item.role === 'user';
}

function earlierItem(shown: readonly string[][], summary: SummaryRow | undefined): ModelItem | undefined {
  if (shown.length === 0 && !summary) return undefined;
  const data = { ...(summary && { summary: summary.text }), ...(shown.length > 0 && { shown_to_the_shopper: shown }) };
  const text = `Before the messages that follow, this conversation had other ones. What remains of them, oldest first:\n${fence(data)}`;
  return { type: 'message', role: 'developer', text };
}

/**
 * Who said what, and which products were on show. Tool calls of earlier turns are not replayed; ids are enough to show or
 * compare those products again.
 */
export function historyItems(messages: readonly MessageRow[], titles: ReadonlyMap<number, string>): ModelItem[] {
  const items: ModelItem[] = [];
  for (const message of messages) {
    const text = textOf(message, titles);
    if (text !== '') items.push({ type: 'message', role: message.role, text });
  }
  return items;
}

/** A message in words. */
export function textOf(
  { parts, finish, page }: Pick<MessageRow, 'parts' | 'finish' | 'page'>,
  titles: ReadonlyMap<number, string>,
): string {
  const onPage = idsOnPages([{ page }]).map((id) => nameOf(id, titles));
  const marks = new Set(parts.flatMap((part) => (part.type === 'citations' ? part.citations : [])).map(markOf));
  return parts
    .map((part) => asText(part, titles))
    .map((text) => (marks.size > 0 ? text.replace(/\[\^\d{1,2}\]/g, (mark) => (marks.has(mark) ? '' : mark)) : text))
    .concat(onPage.length > 0 ? [`[On the page that this was asked on: ${fence(onPage)}]`] : [])
    .concat(finish === 'cancelled' ? ['[The shopper stopped this answer here.]'] : [])
    .filter((text) => text !== '')
    .join('\n\n');
}

/** As the cards had them on their day. */
export function titlesOfOld(messages: readonly MessageRow[]): Map<number, string> {
  const titles = new Map<number, string>();
  for (const part of messages.flatMap(({ parts }) => parts)) {
    if (!('shown' in part)) continue;
    for (const { id, title } of part.shown ?? []) titles.set(id, title);
  }
  return titles;
}

/** What stands for it in the answer's text. A model that read them would write them, and it numbers passages otherwise. */
function markOf({ number }: Citation): string {
  return `[^${number}]`;
}

function asText(part: StoredPart, titles: ReadonlyMap<number, string>): string {
  switch (part.type) {
    case 'text':
      return part.content;
    case 'products':
      return `[Shown to the shopper: ${fence(part.ids.map((id) => nameOf(id, titles)))}]`;
    case 'comparison':
      return `[Shown to the shopper side by side: ${fence(part.ids.map((id) => nameOf(id, titles)))}]`;
    case 'cart': {
      const outcome = outcomeFacts(part.outcome);
      if (!part.added) return `[Looked into the shopper's cart: ${fence(outcome)}]`;
      const { productId, variantId, quantity } = part.added;
      const asked = { product: nameOf(productId, titles), variant_id: variantId, quantity };
      return `[Asked the shopper's page to add to the cart: ${fence({ ...asked, outcome })}]`;
    }
    case 'notice':
      return `[${TOLD[part.code]}]`;
    case 'citations':
      // Earlier passages are searched for again where they matter again.
      return '';
    case 'suggestions':
      // What the shopper asked of them stands in the next message.
      return '';
  }
}
