/** `shop-clerk docs prune`: removes what nobody needs any more, here and at a provider. */
import { setImmediate as breath } from 'node:timers/promises';
import { inspectSources, pruneStore, removeDocument } from '../knowledge/index.ts';
import type { DocsCall } from './docs-call.ts';
import { bringToStore, type Desk, requestOf, storeOf } from './docs-desk.ts';

const STEP = 50;

export async function pruneDocuments({ dryRun }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  const { sources } = shop.documents;
  let failed = 0;
  let removed = 0;
  let looked = 0;
  const gone: { source: string; error: string }[] = [];
  for await (const { source, state, error = '' } of inspectSources({
    ...desk,
    shop: shop.slug,
    sources,
    request: requestOf(desk),
  })) {
    show?.(`Looking at what the settings name: ${++looked}`);
    if (state === 'gone') gone.push({ source, error });
    if (state !== 'failed') continue;
    // Out of reach is not gone.
    failed++;
    show?.('');
    print(json ? JSON.stringify({ source, error, removed: false }) : `${source}: ${error} It stays.`);
  }
  show?.('');
  for (const { source, error } of gone) {
    const row = await storage.documentOfSource(shop.slug, source);
    if (!row) continue;
    if (!dryRun) await removeDocument(storage, shop.slug, row.id);
    removed++;
    const did = dryRun ? 'would be removed' : 'is removed';
    print(json ? JSON.stringify({ source, error, removed: !dryRun }) : `${source}: ${error} It ${did}.`);
  }
  if (dryRun) {
    if (!json && removed === 0) print(`${shop.name}: no document would be removed.`);
    return failed === 0 ? 0 : 1;
  }
  let chunks = 0;
  for (let count = STEP; count === STEP; chunks += count) {
    signal.throwIfAborted();
    count = await storage.pruneLostChunks(shop.slug, STEP);
    // A proxy beside us writes in between.
    await breath();
  }
  failed += removed > 0 ? await bringToStore(desk) : 0;
  const files = await pruneFiles(desk);
  if (files === undefined) failed++;
  const parts = `${removed} documents, ${chunks} parts of older versions`;
  if (json) print(JSON.stringify({ removed, chunks, files: files ?? 0 }));
  else print(`${shop.name}: ${parts}${files ? `, ${files} files in the vector store` : ''} are removed.`);
  return failed === 0 ? 0 : 1;
}

/** Undefined where the vector store says no, which is told. */
async function pruneFiles(desk: Desk): Promise<number | undefined> {
  const { storage, shop, signal, print, json } = desk;
  const settings = storeOf(desk);
  if (!settings) return 0;
  try {
    return await pruneStore({ ...settings, storage, shop: shop.slug, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { message } = error as Error;
    print(json ? JSON.stringify({ source: 'vector store', error: message }) : message);
    return undefined;
  }
}
