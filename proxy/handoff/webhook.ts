/**
 * A letter as a POST to a URL of the shop's, signed as Standard Webhooks has it (standardwebhooks.com, 1.0): the base64 of
 * HMAC-SHA256 over `id.timestamp.body`, with the secret's bytes as they are. docs/shops.md shows how it is checked.
 */
import { createHmac } from 'node:crypto';
import type { Outbound } from '../outbound/types.ts';
import { HandoffError } from './handoff-error.ts';
import type { Courier, Letter } from './types.ts';

const TIMEOUT_MS = 10_000;

export interface WebhookOptions {
  url: string;
  secret: { reveal(): string };
  request: Outbound['request'];
  now?: () => number;
}

export function createWebhook({ url, secret, request, now = Date.now }: WebhookOptions): Courier {
  return {
    async deliver(letter, signal) {
      const body = JSON.stringify(payloadOf(letter));
      const timestamp = String(Math.floor(now() / 1000));
      const done = new AbortController();
      try {
        const { status } = await request(url, {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/json',
            'webhook-id': letter.id,
            'webhook-timestamp': timestamp,
            'webhook-signature': signatureOf(secret.reveal(), `${letter.id}.${timestamp}.${body}`),
          },
          timeoutMs: TIMEOUT_MS,
          signal: AbortSignal.any([signal, done.signal]),
        });
        if (status < 200 || status > 299) throw new HandoffError(`The webhook answered ${status}, not 2xx.`);
      } finally {
        // Nobody reads what else it says.
        done.abort();
      }
    },
  };
}

/** @param key the secret that both sides know */
function signatureOf(key: string, signed: string): string {
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}

function payloadOf({ id, shop, name, email, text, locale, createdAt, transcript }: Letter) {
  return {
    type: 'contact_message',
    id,
    shop: shop.slug,
    created_at: createdAt,
    name,
    email,
    message: text,
    locale,
    transcript,
  };
}
