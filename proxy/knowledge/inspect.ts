import { hashOf } from './indexing.ts';
import { MAX_DOCUMENTS } from './limits.ts';
import { found, originOf, reasonOf, type SyncOptions, wantedOf } from './sync.ts';
import { DocumentGone } from './document-error.ts';

/** How what the settings name is, compared with what was read of it. */
export interface SourceState {
  /** Of a document, or of a sitemap. */
  source: string;
  /** `gone`: there is nothing any more; `failed`: it can't be told. */
  state: 'same' | 'changed' | 'new' | 'gone' | 'failed';
  error?: string;
}

/**
 * Looks at everything that a shop's settings name, and changes nothing. Documents that are named no longer are `gone`.
 * @throws the signal's reason
 */
export async function* inspectSources(
  options: Pick<SyncOptions, 'storage' | 'shop' | 'sources' | 'request' | 'signal'>,
): AsyncGenerator<SourceState> {
  const { storage, shop, sources, request, signal } = options;
  const seen = new Set<string>();
  const unknown = new Set<string>();
  for (const source of sources) {
    const origin = originOf(source);
    try {
      for (const one of await wantedOf(source, request, signal)) {
        if (seen.has(one.name) || seen.size >= MAX_DOCUMENTS) continue;
        seen.add(one.name);
        signal.throwIfAborted();
        const before = await storage.documentOfSource(shop, one.name);
        try {
          const now = await found(one, before, options);
          const isSame = now === 'unchanged' || hashOf(now.file.bytes) === before?.hash;
          yield { source: one.name, state: !before ? 'new' : isSame ? 'same' : 'changed' };
        } catch (error) {
          signal.throwIfAborted();
          const state = error instanceof DocumentGone ? 'gone' : 'failed';
          yield { source: one.name, state, error: reasonOf(error) };
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      unknown.add(origin);
      yield { source: origin, state: 'failed', error: reasonOf(error) };
    }
  }
  for (const { origin, source } of await storage.documents(shop)) {
    if (origin === '' || seen.has(source) || unknown.has(origin)) continue;
    yield { source, state: 'gone', error: 'The settings name it no longer.' };
  }
}
