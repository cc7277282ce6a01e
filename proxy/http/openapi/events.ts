/** The events of a turn, as they come in a stream, in a poll, and as the parts of a message. */
import { z } from '@hono/zod-openapi';
import {
  CART_ERROR_CODES,
  ERROR_CODES,
  NOTICE_CODES,
  type ChatEvent,
  type MessagePart,
  type ShopContact,
} from '../../protocol/index.ts';
import { exactly } from './exactly.ts';
import { citation, goneProduct, money, product } from './product.ts';

export const opening = z.object({
  now: z.boolean(),
  until: z.string().exactOptional(),
  opens_at: z.string().exactOptional(),
});

export const contact = exactly<ShopContact>()(
  z
    .object({
      email: z.string().exactOptional(),
      phone: z.string().exactOptional(),
      url: z.string().exactOptional(),
      form: z.boolean().exactOptional(),
      open: opening.exactOptional(),
    })
    .openapi('ShopContact'),
);

export const finish = z.enum(['stop', 'length', 'cancelled', 'error']);

const cartSummary = z.object({
  count: z.number(),
  items: z.array(z.object({ title: z.string(), quantity: z.number(), price: money.exactOptional() })),
  total: money.exactOptional(),
});
export const outcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), cart: cartSummary.exactOptional() }),
  z.object({ ok: z.literal(false), code: z.enum(CART_ERROR_CODES) }),
]);
const addToCart = {
  name: z.literal('add_to_cart'),
  arguments: z.object({ product, variant_id: z.string(), quantity: z.number() }),
};
const pageTool = {
  name: z.literal('page_tool'),
  arguments: z.object({
    tool: z.string(),
    input: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
};
const viewCart = { name: z.literal('view_cart'), arguments: z.strictObject({}) };

export const notice = z.object({ code: z.enum(NOTICE_CODES), contact: contact.exactOptional() });
export const failure = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  retry_after_ms: z.number().exactOptional(),
});

const text = z.object({ type: z.literal('text'), content: z.string() });
const products = z.object({
  type: z.literal('products'),
  data: z.array(product),
  title: z.string().exactOptional(),
  why: z.string().exactOptional(),
  gone: z.array(goneProduct).exactOptional(),
});
const comparison = z.object({
  type: z.literal('comparison'),
  data: z.array(product),
  rows: z.array(z.object({ name: z.string(), values: z.array(z.string().nullable()) })),
  title: z.string().exactOptional(),
  gone: z.array(goneProduct).exactOptional(),
});
const citations = z.object({ type: z.literal('citations'), data: z.array(citation) });
const cart = z.union([
  z.object({ type: z.literal('cart'), call_id: z.string(), outcome, ...addToCart }),
  z.object({ type: z.literal('cart'), call_id: z.string(), outcome, ...viewCart }),
]);
const noticeEvent = notice.extend({ type: z.literal('notice') });
const suggestions = z.object({ type: z.literal('suggestions'), data: z.array(z.string()) });

export const messagePart = exactly<MessagePart>()(
  z.union([text, products, comparison, citations, cart, noticeEvent, suggestions]).openapi('MessagePart'),
);

export const chatEvent = exactly<ChatEvent>()(
  z
    .union([
      z.object({ type: z.literal('thread_id'), thread_id: z.string(), turn_id: z.string(), message_id: z.string() }),
      text,
      z.object({ type: z.literal('tool'), name: z.string(), status: z.enum(['started', 'done']) }),
      products,
      comparison,
      citations,
      z.object({ type: z.literal('client_tool'), call_id: z.string(), ...addToCart }),
      z.object({ type: z.literal('client_tool'), call_id: z.string(), ...viewCart }),
      z.object({ type: z.literal('client_tool'), call_id: z.string(), ...pageTool }),
      cart,
      noticeEvent,
      suggestions,
      z.object({ type: z.literal('reset') }),
      z.object({ type: z.literal('gap'), thread_id: z.string() }),
      failure.extend({ type: z.literal('error') }),
      z.object({ type: z.literal('done'), thread_id: z.string(), message_id: z.string(), finish }),
    ])
    .openapi('ChatEvent'),
);
