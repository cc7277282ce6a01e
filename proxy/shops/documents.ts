import { checkServer } from './model-choice.ts';
import type { ShopFile } from './schema.ts';
import { Secret } from './secret.ts';
import type { References, Surroundings } from './surroundings.ts';
import {
  DEMO_MODEL,
  type DocumentSource,
  type ModelChoice,
  type ShopDocuments,
  type ShopDocumentStore,
  type ShopEmbeddings,
  type ShopModels,
} from './types.ts';

/** Of a sitemap that doesn't say how many of its pages are wanted. */
const SOME_PAGES = 100;

/** Which documents a shop's settings name, and what makes vectors of them. */
export async function documentsOf(
  file: ShopFile,
  models: ShopModels | undefined,
  references: References,
  surroundings: Surroundings,
): Promise<ShopDocuments> {
  const { every_minutes: everyMinutes } = file.documents;
  const sources: DocumentSource[] = [];
  for (const [index, source] of file.documents.sources.entries()) {
    const place = `documents.sources.${index}`;
    const asked = source.sitemap ?? (source.file === undefined ? source.url : undefined);
    const refused = asked === undefined ? undefined : surroundings.checkAddress(asked);
    if (refused !== undefined) references.flaw(`${place}.${source.sitemap ? 'sitemap' : 'url'}`, refused);
    if (source.sitemap !== undefined)
      sources.push({ type: 'sitemap', url: source.sitemap, max: source.max ?? SOME_PAGES });
    else if (source.file === undefined) sources.push({ type: 'url', url: source.url! });
    else {
      const found = await references.file(`${place}.file`, source.file);
      const shown = source.url === undefined ? {} : { url: source.url };
      if (found !== undefined) sources.push({ type: 'file', file: found, name: source.file, ...shown });
    }
  }
  return {
    sources,
    everyMinutes,
    embeddings: embeddingsOf(file, models, references, surroundings),
    store: storeOf(file, models, references, surroundings),
  };
}

function storeOf(
  { documents }: ShopFile,
  models: ShopModels | undefined,
  references: References,
  surroundings: Surroundings,
): ShopDocumentStore | null {
  if (!documents.store) return null;
  const { type, vector_store_id: id, search } = documents.store;
  const server = serverOf('documents.store', documents.store, models, references, surroundings);
  if (server && search === 'hosted' && models && !isServerOf(server, models.default)) {
    references.flaw(
      'documents.store.search',
      'is "hosted", which only the model\'s own server and key can: leave out "base_url" and "api_key" of the store',
    );
  }
  return server && { type, search, ...(id !== undefined && { id }), ...server };
}

function isServerOf({ baseUrl, apiKey }: Pick<ShopEmbeddings, 'baseUrl' | 'apiKey'>, model: ModelChoice): boolean {
  return baseUrl === model.baseUrl && apiKey.reveal() === model.apiKey.reveal();
}

function embeddingsOf(
  { documents }: ShopFile,
  models: ShopModels | undefined,
  references: References,
  surroundings: Surroundings,
): ShopEmbeddings | null {
  if (!documents.embeddings) return null;
  const server = serverOf('documents.embeddings', documents.embeddings, models, references, surroundings);
  return server && { model: documents.embeddings.model, ...server };
}

/** Of its own, else that of the shop's model; null where there is none, which is told. */
function serverOf(
  place: string,
  { base_url, api_key }: { base_url?: string | undefined; api_key?: string | undefined },
  models: ShopModels | undefined,
  references: References,
  surroundings: Surroundings,
): Pick<ShopEmbeddings, 'baseUrl' | 'apiKey' | 'guarded'> | null {
  const own = api_key === undefined ? undefined : references.secret(`${place}.api_key`, api_key);
  checkServer(place, { base_url, api_key }, references, surroundings);
  if (api_key !== undefined && own === undefined) return null;
  if (base_url !== undefined) {
    return own === undefined ? null : { baseUrl: base_url, apiKey: new Secret(own), guarded: true };
  }
  if (!models) return null;
  const { baseUrl, apiKey, guarded, model: answering } = models.default;
  if (answering === DEMO_MODEL) {
    references.flaw(
      place,
      'is set, but the demo model has nothing of the sort: it needs a "base_url" and an "api_key"',
    );
    return null;
  }
  return { baseUrl, apiKey: own === undefined ? apiKey : new Secret(own), guarded };
}
