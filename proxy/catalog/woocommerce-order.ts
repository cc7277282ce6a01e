import { z } from 'zod';
import { parseAmount } from './amount.ts';
import { plainText } from './plain-text.ts';
import { label } from './shop-text.ts';
import { SourceError } from './source-error.ts';
import type { Money, OrderLookup, ShopOrder } from './types.ts';
import { createRestApi, type RestOptions } from './woocommerce-rest-api.ts';

const date = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
const amount = z.string().max(40);
const orderSchema = z.object({
  id: z.int().positive(),
  number: z.string(),
  status: z.string().regex(/^[\w-]{1,40}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  date_created_gmt: date,
  date_paid_gmt: date.nullable().default(null),
  date_completed_gmt: date.nullable().default(null),
  total: amount,
  shipping_total: amount,
  discount_total: amount,
  billing: z.object({ email: z.string().max(320) }),
  refunds: z.array(z.object({ total: amount })).default([]),
  // Their `price` is a JSON number, unlike all others, so their amounts are left alone.
  line_items: z.array(z.object({ name: z.string(), quantity: z.number() })),
});
const noteSchema = z.object({ note: z.string(), customer_note: z.boolean(), date_created_gmt: date });
const ORDER_FIELDS = Object.keys(orderSchema.shape).join(',');
const NOTE_FIELDS = Object.keys(noteSchema.shape).join(',');
const MAX_NOTES = 20;
const MAX_ITEMS = 100;

/** Orders by REST v3, with the same "Read" key as the catalogue. */
export function woocommerceOrders(options: RestOptions): OrderLookup {
  const api = createRestApi(options);
  return {
    async order(number, { signal }) {
      const wanted = number.trim().replace(/^#/, '');
      if (!/^[\w-]{1,40}$/.test(wanted)) return null;
      const found = (await byId(wanted, signal)) ?? (await byNumber(wanted, signal));
      return found && toOrder(found, await notesOf(found.id, signal));
    },
  };

  async function byId(wanted: string, signal: AbortSignal) {
    if (!/^[1-9]\d{0,14}$/.test(wanted)) return null;
    const answer = await api.get(`/orders/${wanted}`, { _fields: ORDER_FIELDS }, signal);
    const order = answer && parsed(orderSchema, answer.json);
    return order?.number === wanted ? order : null;
  }

  /** Plug-ins give orders numbers that aren't their ids. */
  async function byNumber(wanted: string, signal: AbortSignal) {
    const params = { search: wanted, per_page: '10', _fields: ORDER_FIELDS };
    const answer = await api.get('/orders', params, signal);
    const orders = parsed(z.array(z.unknown()), answer?.json).flatMap((item) => orderSchema.safeParse(item).data ?? []);
    return orders.find((order) => order.number === wanted) ?? null;
  }

  async function notesOf(id: number, signal: AbortSignal) {
    const answer = await api.get(`/orders/${id}/notes`, { type: 'customer', _fields: NOTE_FIELDS }, signal);
    const notes = answer
      ? parsed(z.array(z.unknown()), answer.json).flatMap((n) => noteSchema.safeParse(n).data ?? [])
      : [];
    // The others are the staff's.
    return notes.filter((note) => note.customer_note).slice(-MAX_NOTES);
  }
}

function toOrder(order: z.infer<typeof orderSchema>, notes: z.infer<typeof noteSchema>[]): ShopOrder {
  const money = (text: string): Money => {
    const parsedAmount = parseAmount(text, order.currency);
    if (!parsedAmount) throw new SourceError(`Order ${order.number} has an amount that is none.`);
    return parsedAmount;
  };
  const refunded = order.refunds.reduce((sum, { total }) => sum + money(total.replace(/^-/, '')).amount, 0);
  return {
    number: order.number,
    status: order.status,
    email: order.billing.email,
    createdAt: `${order.date_created_gmt}Z`,
    ...(order.date_paid_gmt !== null && { paidAt: `${order.date_paid_gmt}Z` }),
    ...(order.date_completed_gmt !== null && { completedAt: `${order.date_completed_gmt}Z` }),
    total: money(order.total),
    shipping: money(order.shipping_total),
    discount: money(order.discount_total),
    ...(refunded > 0 && { refunded: { amount: refunded, currency: order.currency } }),
    items: order.line_items.slice(0, MAX_ITEMS).map(({ name, quantity }) => ({ name: label(name), quantity })),
    notes: notes.map((note) => ({
      text: plainText(note.note).slice(0, 1_000),
      createdAt: `${note.date_created_gmt}Z`,
    })),
  };
}

/** @throws SourceError without what came: it may be somebody's address */
function parsed<T>(schema: z.ZodType<T>, json: unknown): T {
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const fields = result.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || 'all of it');
  throw new SourceError(`The shop answered about an order with something else (${fields.join(', ')}).`);
}
