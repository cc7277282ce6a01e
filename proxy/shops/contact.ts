import type { ShopContact } from '../protocol/index.ts';
import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import type { ContactDelivery } from './types.ts';

/** What Standard Webhooks asks for, and about what 18 random bytes are in Base64. */
const MIN_SECRET_LENGTH = 24;

/** Where a shopper finds people; null when the shop says nothing of it. */
export function contactOf({ contact }: ShopFile): ShopContact | null {
  if (!contact) return null;
  return {
    ...(contact.email !== undefined && { email: contact.email }),
    ...(contact.phone !== undefined && { phone: contact.phone }),
    ...(contact.url !== undefined && { url: contact.url }),
    ...(contact.form !== false && { form: true }),
  };
}

/** Where messages of shoppers go; null where they are only kept, or where the settings are wrong. */
export function contactDeliveryOf(
  { contact }: ShopFile,
  references: References,
  { allowPrivateNetwork, checkAddress, canMail }: Surroundings,
): ContactDelivery | null {
  const { webhook, email } = contact?.deliver ?? {};
  if (email !== undefined) {
    if (canMail) return { kind: 'email', email };
    references.flaw('contact.deliver.email', 'needs a mail server: set SMTP_URL and MAIL_FROM');
    return null;
  }
  if (!webhook) return null;
  const place = 'contact.deliver.webhook';
  if (!webhook.url.startsWith('https:') && !allowPrivateNetwork) {
    references.flaw(
      `${place}.url`,
      'must begin with https, since it gets what shoppers write; ALLOW_PRIVATE_NETWORK=true lets http pass in development',
    );
  }
  const refused = checkAddress(webhook.url);
  if (refused !== undefined) references.flaw(`${place}.url`, refused);
  const secret = references.secret(`${place}.secret`, webhook.secret);
  if (secret !== undefined && secret.length < MIN_SECRET_LENGTH) {
    references.flaw(
      `${place}.secret`,
      `must have at least ${MIN_SECRET_LENGTH} characters; \`openssl rand -base64 32\` makes one`,
    );
  }
  return secret === undefined ? null : { kind: 'webhook', url: webhook.url, secret: new Secret(secret) };
}
