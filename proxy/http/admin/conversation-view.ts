/** Conversations as the desk reads them. All texts are plain: nothing of a shopper's or a model's becomes a page. */
import type { Catalog } from '../../catalog/types.ts';
import { productIdsIn } from '../../chat/live-cards.ts';
import { csvFile, csvLine } from '../../csv.ts';
import type {
  Conversation,
  ConversationItem,
  ConversationTurn,
  ModelCall,
  SaidCard,
  SaidPart,
} from '../../protocol/admin/index.ts';
import type { Product } from '../../protocol/index.ts';
import type { Shop } from '../../shops/types.ts';
import type {
  CallReport,
  ConversationReport,
  ConversationSummary,
  ShownProduct,
  StoredPart,
  TurnReport,
} from '../../storage/types.ts';
import { snippetOf } from '../thread-search.ts';
import { iso, isoOrNull } from './ranges.ts';

/** Products of a conversation that are looked up for their pictures. */
const MAX_PRODUCTS = 200;
/** At once: about a millisecond. */
const TOGETHER = 50;
const MICRO = 1_000_000;
const GAP_KIND = { documents: 'unanswered', search: 'not_sold', no_result: 'no_result' } as const;

/** @param words what was searched for */
export function itemToWire(summary: ConversationSummary, words: readonly string[]): ConversationItem {
  const { id, title, createdAt, updatedAt, questions, errors, ups, downs, wrong, found } = summary;
  return {
    thread_id: id,
    title,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
    messages: questions,
    errors,
    ups,
    downs,
    wrong,
    hand_offs: summary.handOffs,
    no_results: summary.noResults,
    cost_micro_usd: summary.costMicroUsd,
    ...(found !== null && words[0] !== undefined && { snippet: snippetOf(found, words[0]) }),
  };
}

export async function conversationToWire(
  { id, title, createdAt, updatedAt, turns }: ConversationReport,
  { shop, catalog }: { shop: Shop; catalog: Catalog },
): Promise<Conversation> {
  const viewed = turns.map(turnToWire);
  return {
    shop: shop.slug,
    thread_id: id,
    title,
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
    cost_micro_usd: viewed.reduce((sum, turn) => sum + turn.cost_micro_usd, 0),
    turns: viewed,
    products: await productsOf(
      turns.flatMap(({ answer }) => answer.parts),
      shop,
      catalog,
    ),
  };
}

async function productsOf(parts: readonly StoredPart[], shop: Shop, catalog: Catalog): Promise<Product[]> {
  const ids = productIdsIn(parts).slice(0, MAX_PRODUCTS);
  const found: Product[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    if (at > 0) await new Promise(setImmediate);
    const products = await catalog.byIds(shop.slug, ids.slice(at, at + TOGETHER));
    found.push(...products.map((product) => catalog.card(product, shop.locale)));
  }
  return found;
}

function turnToWire(turn: TurnReport): ConversationTurn {
  const { id, status, locale, attempts, replaced, question, answer, calls } = turn;
  const { feedback, note } = answer;
  const { url, title } = question.page ?? {};
  return {
    turn_id: id,
    status,
    locale,
    attempts,
    replaced,
    started_at: iso(turn.startedAt),
    ended_at: isoOrNull(turn.endedAt),
    first_ms: turn.firstMs,
    whole_ms: turn.wholeMs,
    cost_micro_usd: calls.reduce((sum, { costMicroUsd }) => sum + (costMicroUsd ?? 0), 0),
    unpriced: calls.some(({ outcome, costMicroUsd }) => outcome !== 'running' && costMicroUsd === null),
    question: {
      message_id: question.id,
      text: textOf(question.parts),
      page: question.page && { ...(url !== undefined && { url }), ...(title !== undefined && { title }) },
    },
    answer: {
      message_id: answer.id,
      parts: answer.parts.map(partToWire),
      finish: answer.finish,
      error: answer.error,
      feedback: feedback && ratingToWire(feedback),
      note: note && { wrong: note.wrong, note: note.note, by: note.writtenBy, at: iso(note.updatedAt) },
    },
    steps: turn.steps,
    calls: calls.map(callToWire),
    gaps: turn.gaps.map(({ kind, query }) => ({ kind: GAP_KIND[kind], text: query })),
    claims: turn.claims,
    card_additions: turn.cardAdditions.map(({ productId, quantity, createdAt }) => ({
      product_id: productId,
      quantity,
      at: iso(createdAt),
    })),
  };
}

function ratingToWire({ createdAt, ...feedback }: NonNullable<TurnReport['answer']['feedback']>) {
  return { ...feedback, at: iso(createdAt) };
}

function callToWire(call: CallReport): ModelCall {
  const { model, arm, purpose, outcome, estimated, retries } = call;
  return {
    model,
    arm,
    purpose,
    outcome,
    estimated,
    retries,
    input_tokens: call.inputTokens,
    cached_tokens: call.cachedTokens,
    output_tokens: call.outputTokens,
    reasoning_tokens: call.reasoningTokens,
    from_cache: call.fromCache,
    first_token_ms: call.firstTokenMs,
    duration_ms: call.durationMs,
    cost_micro_usd: call.costMicroUsd,
    at: iso(call.createdAt),
  };
}

function partToWire(part: StoredPart): SaidPart {
  switch (part.type) {
    case 'text':
    case 'notice':
      return part;
    case 'products': {
      const { ids, shown, ...heading } = part;
      return { ...heading, cards: cardsOf(ids, shown) };
    }
    case 'comparison': {
      const { ids, shown, ...table } = part;
      return { ...table, cards: cardsOf(ids, shown) };
    }
    case 'cart': {
      const { added, outcome } = part;
      if (!added) return { type: 'cart', added, outcome };
      const { shown, variantId, quantity } = added;
      return { type: 'cart', added: { ...cardOf(shown), variant_id: variantId, quantity }, outcome };
    }
    case 'citations':
      return { type: 'citations', data: part.citations };
    case 'suggestions':
      return { type: 'suggestions', data: part.questions };
  }
}

function cardsOf(ids: readonly number[], shown: readonly ShownProduct[] = []): SaidCard[] {
  const known = new Map(shown.map((product) => [product.id, product]));
  return ids.map((id) => cardOf(known.get(id) ?? { id }));
}

function cardOf({ id, ...said }: Pick<ShownProduct, 'id'> & Partial<ShownProduct>): SaidCard {
  return { product_id: id, ...said };
}

function textOf(parts: readonly StoredPart[]): string {
  return parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
}

/** A line for each message, for spreadsheets; money in dollars. */
export function conversationCsv({ turns }: Conversation): string {
  const header = [
    'time',
    'role',
    'text',
    'products',
    'sources',
    'rating',
    'reason',
    'comment',
    'error',
    'tools',
    'models',
    'cost_usd',
    'first_ms',
    'whole_ms',
    'wrong',
    'note',
  ];
  const lines = turns.flatMap((turn) => {
    const { question, answer, steps, calls } = turn;
    const { parts, feedback, note } = answer;
    const cards = parts.flatMap((part) => ('cards' in part ? part.cards : []));
    const sources = parts.flatMap((part) => (part.type === 'citations' ? part.data : []));
    const asked = [turn.started_at, 'shopper', question.text, ...Array<null>(header.length - 3).fill(null)];
    const said = parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
    return [
      csvLine(asked),
      csvLine([
        turn.ended_at ?? turn.started_at,
        'assistant',
        said,
        cards.map(({ title, product_id }) => title ?? String(product_id)).join('; '),
        sources.map(({ title }) => title).join('; '),
        feedback?.rating ?? null,
        feedback?.reason ?? null,
        feedback?.comment ?? null,
        answer.error?.code ?? null,
        steps.map(({ name, found }) => (found === undefined ? name : `${name} (${found})`)).join('; '),
        [...new Set(calls.map(({ model }) => model))].join('; '),
        (turn.cost_micro_usd / MICRO).toFixed(6),
        turn.first_ms,
        turn.whole_ms,
        note ? String(note.wrong) : null,
        note?.note ?? null,
      ]),
    ];
  });
  return csvFile([csvLine(header), ...lines]);
}
