import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a delivery of WooCommerce tells. It only names products: what became of them is asked of the shop. */
export type WebhookEvent =
  /** Sent once when the webhook is saved, without a signature: answer 200 and do nothing. */
  | { kind: 'ping'; webhookId: number }
  /** Created, edited, restored, or one of its variations was; perhaps not published. Often comes twice. */
  | { kind: 'changed'; productId: string; deliveryId: string }
  /** Trashed or deleted. The number may be a variation's, and the shop doesn't say whose. */
  | { kind: 'deleted'; productId: string; deliveryId: string }
  /** Genuine, but about something else. */
  | { kind: 'other'; topic: string; deliveryId: string }
  /** Not from the shop, or unreadable; the reason is for the log. */
  | { kind: 'refused'; reason: string };

const MAX_BODY = 5 * 1024 * 1024;

/**
 * Checks `X-WC-Webhook-Signature`, base64 of HMAC-SHA256 over the body as it came: not over JSON that was read and
 * written again.
 * @param secret of the webhook, as its owner set it
 */
export function verifyWebhook(rawBody: Uint8Array, headers: Headers, secret: string): WebhookEvent {
  if (rawBody.byteLength > MAX_BODY) return refused('the body is too long');
  const text = new TextDecoder().decode(rawBody);
  const signature = headers.get('x-wc-webhook-signature');
  if (signature === null) {
    const [, webhookId] = /^webhook_id=(\d{1,15})$/.exec(text) ?? [];
    return webhookId === undefined ? refused('it has no signature') : { kind: 'ping', webhookId: Number(webhookId) };
  }
  // Anyone can sign with nothing.
  if (secret === '') return refused('this shop has no webhook secret set');
  const expected = createHmac('sha256', secret).update(rawBody).digest();
  const given = Buffer.from(signature, 'base64');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refused('the signature is wrong');

  const topic = /^[\w.-]{1,80}$/.exec(headers.get('x-wc-webhook-topic') ?? '')?.[0] ?? '';
  const deliveryId = /^[\w-]{1,80}$/.exec(headers.get('x-wc-webhook-delivery-id') ?? '')?.[0] ?? '';
  const [resource, event] = topic.split('.');
  if (resource !== 'product') return { kind: 'other', topic, deliveryId };
  const body = product.safeParse(json(text));
  if (!body.success) return refused('the body is no product');
  const { id, parent_id: parent, type } = body.data;
  if (event === 'deleted') return { kind: 'deleted', productId: String(id), deliveryId };
  if (event !== 'created' && event !== 'updated' && event !== 'restored') return { kind: 'other', topic, deliveryId };
  // An edit of a variation is sent as if that were a product.
  return { kind: 'changed', productId: String(type === 'variation' && parent > 0 ? parent : id), deliveryId };
}

const product = z.object({
  id: z.int().positive(),
  parent_id: z.int().nonnegative().default(0),
  type: z.string().default(''),
});

function refused(reason: string): WebhookEvent {
  return { kind: 'refused', reason };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON is no product either, and refused as that.
    return undefined;
  }
}
