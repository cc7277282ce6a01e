import { Secret } from './secret.ts';
import type { Shop } from './types.ts';

/** What must not appear in any log because of this shop. */
export function secretsOf({ models, identity, catalog }: Shop): string[] {
  const keys = [models.default, models.cheaper, models.fallback].flatMap((choice) =>
    choice ? [choice.apiKey.reveal()] : [],
  );
  const shared = identity?.key.type === 'secret' ? [identity.key.export().toString('utf8')] : [];
  const read = Object.values(catalog).flatMap((value) => (value instanceof Secret ? [value.reveal()] : []));
  return [...keys, ...shared, ...read];
}
