import { again } from './again.ts';
import { copiesOf, type MirrorOptions } from './mirror.ts';

/** What is looked at for files that nobody knows any more. */
const MAX_FILES = 10_000;

/**
 * Deletes at the provider what this proxy sent for this shop and nobody knows any more. What another proxy sent for a shop of
 * the same name is that one's, and so may be what nobody signed. @returns how many
 */
export async function pruneStore(options: MirrorOptions): Promise<number> {
  const { storage, store, shop, signal } = options;
  const id = options.id ?? (await storage.documentStore(shop, store.endpoint));
  if (id === undefined) return 0;
  const installation = await storage.installation();
  const known = new Set((await copiesOf(options)).map(({ file }) => file));
  let count = 0;
  for (const { file, copyOf } of await again((line) => store.files(id, MAX_FILES, line), options)) {
    if (copyOf?.installation !== installation || copyOf.shop !== shop || known.has(file)) continue;
    await again((line) => store.remove(id, file, line), options);
    count++;
  }
  signal.throwIfAborted();
  return count;
}
