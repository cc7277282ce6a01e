/** What the desk is told of a conversation, as /openapi.json says and the tests check. */
import { z } from '@hono/zod-openapi';
import {
  CONVERSATION_FILTERS,
  GAP_KINDS,
  type Conversation,
  type ConversationPage,
  type ModelCall,
  type SaidPart,
} from '../../protocol/admin/index.ts';
import { failure, finish, outcome } from '../openapi/events.ts';
import { exactly } from '../openapi/exactly.ts';
import { citation, money, product } from '../openapi/product.ts';
import { time } from './routes.ts';

const count = z.int().min(0);

export const conversationFilter = z.enum(CONVERSATION_FILTERS);

export const conversationPage = exactly<ConversationPage>()(
  z
    .object({
      conversations: z.array(
        z.object({
          thread_id: z.string(),
          title: z.string(),
          created_at: time,
          updated_at: time,
          messages: count,
          errors: count,
          hand_offs: count,
          no_results: count,
          ups: count,
          downs: count,
          wrong: count,
          cost_micro_usd: z.int(),
          snippet: z.string().exactOptional(),
        }),
      ),
      next_cursor: z.string().nullable(),
      looked_back_to: time.nullable(),
    })
    .openapi('ConversationPage'),
);

const card = z.object({
  product_id: z.int(),
  title: z.string().exactOptional(),
  price: z.object({ min: money, max: money }).exactOptional(),
  availability: z
    .enum(['in_stock', 'out_of_stock', 'backorder', 'preorder', 'discontinued', 'unknown'])
    .exactOptional(),
});

const saidPart = exactly<SaidPart>()(
  z
    .discriminatedUnion('type', [
      z.object({ type: z.literal('text'), content: z.string() }),
      z.object({
        type: z.literal('products'),
        title: z.string().exactOptional(),
        why: z.string().exactOptional(),
        cards: z.array(card),
      }),
      z.object({
        type: z.literal('comparison'),
        title: z.string().exactOptional(),
        cards: z.array(card),
        rows: z.array(z.object({ name: z.string(), values: z.array(z.string().nullable()) })),
      }),
      z.object({
        type: z.literal('cart'),
        added: card.extend({ variant_id: z.string(), quantity: z.int() }).nullable(),
        outcome,
      }),
      z.object({ type: z.literal('citations'), data: z.array(citation) }),
      z.object({ type: z.literal('notice'), code: z.enum(['off_topic', 'search_only', 'contact', 'moderated']) }),
      z.object({ type: z.literal('suggestions'), data: z.array(z.string()) }),
    ])
    .openapi('SaidPart'),
);

const call = exactly<ModelCall>()(
  z
    .object({
      model: z.string(),
      arm: z.string(),
      purpose: z.string(),
      outcome: z.enum(['running', 'ok', 'cancelled', 'error']),
      input_tokens: count,
      cached_tokens: count,
      output_tokens: count,
      reasoning_tokens: count,
      estimated: z.boolean(),
      from_cache: z.boolean(),
      retries: count,
      first_token_ms: z.number().nullable(),
      duration_ms: z.number(),
      cost_micro_usd: z.int().nullable(),
      at: time,
    })
    .openapi('ModelCall'),
);

const turn = z
  .object({
    turn_id: z.string(),
    status: z.enum(['running', 'interrupted', ...finish.options]),
    locale: z.string(),
    attempts: count,
    replaced: z.boolean(),
    started_at: time,
    ended_at: time.nullable(),
    first_ms: z.number().nullable(),
    whole_ms: z.number().nullable(),
    cost_micro_usd: z.int(),
    unpriced: z.boolean(),
    question: z.object({
      message_id: z.string(),
      text: z.string(),
      page: z.object({ url: z.string().exactOptional(), title: z.string().exactOptional() }).nullable(),
    }),
    answer: z.object({
      message_id: z.string(),
      parts: z.array(saidPart),
      finish: finish.nullable(),
      error: failure.nullable(),
      feedback: z
        .object({
          rating: z.enum(['up', 'down']),
          reason: z.string().exactOptional(),
          comment: z.string().exactOptional(),
          at: time,
        })
        .nullable(),
      note: z.object({ wrong: z.boolean(), note: z.string(), by: z.string(), at: time }).nullable(),
    }),
    steps: z.array(
      z.object({
        name: z.string(),
        query: z.string().exactOptional(),
        found: count.exactOptional(),
        failed: z.literal(true).exactOptional(),
      }),
    ),
    calls: z.array(call),
    gaps: z.array(z.object({ kind: z.enum(GAP_KINDS).exclude(['claims']), text: z.string() })),
    claims: z.array(z.object({ kind: z.string(), text: z.string() })),
    card_additions: z.array(z.object({ product_id: z.int(), quantity: z.int(), at: time })),
  })
  .openapi('ConversationTurn');

export const conversationAnswer = exactly<Conversation>()(
  z
    .object({
      shop: z.string(),
      thread_id: z.string(),
      title: z.string(),
      created_at: time,
      updated_at: time,
      cost_micro_usd: z.int(),
      turns: z.array(turn),
      products: z.array(product),
    })
    .openapi('Conversation'),
);
