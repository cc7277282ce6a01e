import { Secret } from './secret.ts';
import { choicesOf, type Shop } from './types.ts';

/** What must not appear in any log because of this shop. */
export function secretsOf({ models, identity, catalog, documents, contactDelivery, moderation }: Shop): string[] {
  const keys = choicesOf(models).map(({ apiKey }) => apiKey.reveal());
  const shared = identity?.key.type === 'secret' ? [identity.key.export().toString('utf8')] : [];
  const read = Object.values(catalog).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));
  const signs = contactDelivery?.kind === 'webhook' ? [contactDelivery.secret.reveal()] : [];
  const judges = moderation ? [moderation.apiKey.reveal()] : [];
  const embeds = documents.embeddings ? [documents.embeddings.apiKey.reveal()] : [];
  const stores = documents.store ? [documents.store.apiKey.reveal()] : [];
  return [...stores, ...embeds, ...keys, ...shared, ...read, ...signs, ...judges];
}
