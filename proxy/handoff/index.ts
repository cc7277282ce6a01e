import type { Outbound } from '../outbound/types.ts';
import type { MailSettings } from './mail-settings.ts';
import type { ContactDelivery } from '../shops/types.ts';
import { HandoffError } from './handoff-error.ts';
import { createMail } from './mail.ts';
import type { Courier } from './types.ts';
import { createWebhook } from './webhook.ts';

export { startOutbox, type OutboxOptions } from './outbox.ts';

export interface CourierOptions {
  request: Outbound['request'];
  /** Null where the proxy has no mail server. */
  mail: MailSettings | null;
}

/** The way a shop chose. Nothing of it stays open between two letters, so a change of settings counts from the next on. */
export function courierFor(delivery: ContactDelivery, { request, mail }: CourierOptions): Courier {
  if (delivery.kind === 'webhook') return createWebhook({ url: delivery.url, secret: delivery.secret, request });
  if (mail) return createMail({ settings: mail, to: delivery.email });
  throw new HandoffError('There is no mail server: set SMTP_URL and MAIL_FROM.');
}
