/** What the public routes answer, as /openapi.json says and the tests check. */
import { z } from '@hono/zod-openapi';
import {
  FEEDBACK_REASONS,
  type ChatResponse,
  type ContactResponse,
  type ProductsResponse,
  type SessionResponse,
  type ShopSettings,
  type StartedTurn,
  type SyncResponse,
  type Thread,
  type ThreadExport,
  type ThreadMessage,
  type ThreadSummary,
  type TurnEvents,
  type VisitorExport,
} from '../../protocol/index.ts';
import { chatEvent, contact, failure, finish, messagePart, notice, opening } from './events.ts';
import { exactly } from './exactly.ts';
import { citation, product } from './product.ts';

const byLanguage = z.record(z.string(), z.string());
const colours = {
  surface: z.string().exactOptional(),
  text: z.string().exactOptional(),
  muted: z.string().exactOptional(),
  border: z.string().exactOptional(),
};

export const shopSettings = exactly<ShopSettings>()(
  z
    .object({
      slug: z.string(),
      name: z.string(),
      names: byLanguage.exactOptional(),
      locale: z.string(),
      greeting: byLanguage,
      prompts: z.record(z.string(), z.array(z.string())),
      accent: z.string().exactOptional(),
      color_scheme: z.enum(['auto', 'light', 'dark']).exactOptional(),
      theme: z
        .object({
          ...colours,
          dark: z.object({ ...colours, accent: z.string().exactOptional() }).exactOptional(),
          radius: z.string().exactOptional(),
          font: z.string().exactOptional(),
          font_size: z.string().exactOptional(),
          launcher_size: z.string().exactOptional(),
          position: z.enum(['start', 'end']).exactOptional(),
          layout: z.enum(['float', 'side', 'inline']).exactOptional(),
          logo_url: z.string().exactOptional(),
        })
        .exactOptional(),
      strings: z.record(z.string(), byLanguage).exactOptional(),
      proactive: z
        .array(
          z.object({
            after_s: z.number().exactOptional(),
            idle_cart_s: z.number().exactOptional(),
            pages: z.array(z.string()).exactOptional(),
            text: byLanguage,
          }),
        )
        .exactOptional(),
      page_context: z.boolean().exactOptional(),
      page_tools: z.boolean().exactOptional(),
      consent: z.boolean(),
      disclosure: z.boolean(),
      privacy_url: z.string().exactOptional(),
      contact: contact.exactOptional(),
      cart: z.enum(['woocommerce', 'shopify', 'event', 'none']),
      cart_url: z.string().exactOptional(),
      max_message_length: z.int(),
      demo_model: z.boolean(),
    })
    .openapi('ShopSettings'),
);

export const sessionResponse = exactly<SessionResponse>()(
  z.object({ token: z.string(), expires_at: z.string(), shop: shopSettings }).openapi('SessionResponse'),
);

export const startedTurn = exactly<StartedTurn>()(
  z.object({ thread_id: z.string(), turn_id: z.string(), message_id: z.string() }).openapi('StartedTurn'),
);

export const turnEvents = exactly<TurnEvents>()(
  z.object({ events: z.array(z.object({ seq: z.int(), event: chatEvent })), ended: z.boolean() }).openapi('TurnEvents'),
);

export const chatResponse = exactly<ChatResponse>()(
  z
    .object({
      thread_id: z.string(),
      message_id: z.string(),
      message: z.string(),
      citations: z.array(citation),
      products: z.array(product),
      notices: z.array(notice),
      suggestions: z.array(z.string()),
      finish,
      error: failure.exactOptional(),
    })
    .openapi('ChatResponse'),
);

const kept = z.object({ amount: z.number(), currency: z.string() });
const pageContext = z.object({
  url: z.string().exactOptional(),
  title: z.string().exactOptional(),
  products: z
    .array(
      z.object({
        name: z.string().exactOptional(),
        sku: z.string().exactOptional(),
        url: z.string().exactOptional(),
        price: z.union([z.string(), z.number()]).exactOptional(),
        currency: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  cart: z
    .object({
      count: z.number(),
      items: z.array(z.object({ title: z.string(), quantity: z.number(), price: kept.exactOptional() })),
      total: kept.exactOptional(),
    })
    .exactOptional(),
});

const threadMessage = exactly<ThreadMessage>()(
  z
    .object({
      message_id: z.string(),
      role: z.enum(['user', 'assistant']),
      parts: z.array(messagePart),
      created_at: z.string(),
      client_message_id: z.string().exactOptional(),
      finish: finish.exactOptional(),
      error: failure.exactOptional(),
      feedback: z
        .object({
          rating: z.enum(['up', 'down']),
          reason: z.enum(FEEDBACK_REASONS).exactOptional(),
          comment: z.string().exactOptional(),
        })
        .exactOptional(),
      replaced: z.literal(true).exactOptional(),
      context: pageContext.exactOptional(),
    })
    .openapi('ThreadMessage'),
);

export const threadSummary = exactly<ThreadSummary>()(
  z
    .object({ thread_id: z.string(), title: z.string(), updated_at: z.string(), snippet: z.string().exactOptional() })
    .openapi('ThreadSummary'),
);

export const threadList = z.object({ threads: z.array(threadSummary) }).openapi('Threads');

const wholeThread = threadSummary.extend({ messages: z.array(threadMessage) });
export const thread = exactly<Thread>()(
  wholeThread.extend({ active_turn_id: z.string().nullable() }).openapi('Thread'),
);

export const threadExport = exactly<ThreadExport>()(
  z.object({ shop: z.string(), exported_at: z.string(), thread: wholeThread }).openapi('ThreadExport'),
);

const contactMessage = z.object({
  contact_message_id: z.string(),
  created_at: z.string(),
  name: z.string(),
  email: z.string(),
  message: z.string(),
  thread_id: z.string().nullable(),
});

export const visitorExport = exactly<VisitorExport>()(
  z
    .object({
      shop: z.string(),
      visitor_id: z.string(),
      exported_at: z.string(),
      threads: z.array(wholeThread),
      contact_messages: z.array(contactMessage),
    })
    .openapi('VisitorExport'),
);

export const contactResponse = exactly<ContactResponse>()(
  z
    .object({ contact_message_id: z.string(), created_at: z.string(), open: opening.exactOptional() })
    .openapi('ContactResponse'),
);

export const productsResponse = exactly<ProductsResponse>()(
  z.object({ products: z.array(product) }).openapi('ProductsResponse'),
);

export const syncResponse = exactly<SyncResponse>()(
  z
    .discriminatedUnion('status', [
      z.object({ status: z.literal('skipped'), skipped: z.literal(true), hash: z.string(), products: z.int() }),
      z.object({
        status: z.literal('synced'),
        skipped: z.literal(false),
        hash: z.string(),
        products: z.int(),
        added: z.int(),
        changed: z.int(),
        removed: z.int(),
        left_out: z.array(z.object({ item: z.string(), reason: z.string() })),
        left_out_count: z.int(),
        took_ms: z.number(),
      }),
    ])
    .openapi('SyncResponse'),
);
