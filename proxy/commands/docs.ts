import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import {
  addDocument,
  createExtractor,
  embedDocument,
  removeDocument,
  shown,
  syncDocuments,
} from '../knowledge/index.ts';
import { READING_SHARE } from '../limits/index.ts';
import { databaseIn, openSqlite } from '../storage/index.ts';
import type { DocumentRow } from '../storage/types.ts';
import type { ReadingCommandOptions } from './types.ts';
import { argumentsOf, type DocsCall, USAGE, whyNot } from './docs-call.ts';
import { checkDocuments } from './docs-check.ts';
import { bringToStore, type Desk, embedderOf, knowledgeOf, lineOf, requestOf } from './docs-desk.ts';
import { exportDocuments } from './docs-export.ts';
import { pruneDocuments } from './docs-prune.ts';

/** Twenty megabytes are the most that is taken; what is larger isn't read to be told so. */
const MAX_FILE = 20 * 2 ** 20;
const FOUND = 5;

/** `shop-clerk docs`. @returns the exit code: 0 done, 1 a document could not be read or isn't there, 2 called wrongly */
export async function docsCommand(args: readonly string[], options: ReadingCommandOptions): Promise<number> {
  const call = argumentsOf(args);
  if (typeof call === 'string') {
    options.print(call ? `${call} How it is called: npm run docs -- --help` : USAGE);
    return 2;
  }
  if (call.help) {
    options.print(USAGE);
    return 0;
  }
  const shop = call.shop === undefined ? options.shops[0] : options.shops.find(({ slug }) => slug === call.shop);
  const wrong = whyNot(call, options.shops, shop);
  if (wrong !== undefined || !shop) {
    options.print(wrong ?? 'There is no shop.');
    return 2;
  }
  const storage = openSqlite({ file: databaseIn(options.config.dataDir) });
  try {
    return await ACTIONS[call.action](call, { ...options, storage, shop, json: call.json });
  } finally {
    await storage.close();
  }
}

const ACTIONS: Record<DocsCall['action'], (call: DocsCall, desk: Desk) => Promise<number>> = {
  add,
  list,
  remove,
  enable: (call, desk) => switchOver(call, desk, true),
  disable: (call, desk) => switchOver(call, desk, false),
  search,
  sync,
  check: checkDocuments,
  export: exportDocuments,
  prune: pruneDocuments,
};

async function add({ names, url }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  const extractor = createExtractor();
  const embedder = embedderOf(desk, READING_SHARE);
  let failed = 0;
  try {
    for (const [index, file] of names.entries()) {
      show?.(`Reading ${file} (${index + 1} of ${names.length})`);
      const found = await stat(file).catch(() => undefined);
      const refused = whyNotRead(file, found);
      if (refused !== undefined) {
        failed++;
        show?.('');
        print(json ? JSON.stringify({ source: file, status: 'failed', error: refused }) : `${file}: ${refused}.`);
        continue;
      }
      const given = { name: path.basename(file), bytes: new Uint8Array(await readFile(file)) };
      const { document, unchanged } = await addDocument(
        { shop: shop.slug, file: given, url },
        { storage, extractor, signal },
      );
      if (document.status === 'failed') failed++;
      else if (embedder) await embedDocument({ shop: shop.slug, id: document.id }, embedder, { storage, signal });
      show?.('');
      print(json ? JSON.stringify({ ...shown(document), unchanged }) : lineOf(shown(document), unchanged));
    }
  } finally {
    await extractor.close();
  }
  failed += await bringToStore(desk);
  return failed === 0 ? 0 : 1;
}

function whyNotRead(file: string, found: Stats | undefined): string | undefined {
  if (/^https?:/i.test(file)) return "it is an address: name it in the shop's settings, below documents.sources";
  if (found?.isDirectory()) return `it is a folder: name its files, such as ${path.join(file, '*.md')}`;
  if (!found?.isFile()) return 'there is no such file';
  return found.size > MAX_FILE ? 'it is larger than 20 MB' : undefined;
}

async function list(_call: DocsCall, { storage, shop, print, json }: Desk): Promise<number> {
  const documents = await storage.documents(shop.slug);
  const copies = new Map(
    shop.documents.store ? (await storage.documentCopies(shop.slug)).map((copy) => [copy.document, copy]) : [],
  );
  for (const row of documents) {
    const document = shown(row, copies.get(row.id));
    print(json ? JSON.stringify(document) : lineOf(document));
  }
  if (documents.length === 0 && !json)
    print(`${shop.name} has no documents. Add some: npm run docs -- add returns.pdf`);
  return 0;
}

async function remove({ names }: DocsCall, desk: Desk): Promise<number> {
  return each(names, desk, async ({ id, title, source }) => {
    await removeDocument(desk.storage, desk.shop.slug, id);
    return desk.json ? JSON.stringify({ id, source, removed: true }) : `${source} (${title}) is removed.`;
  });
}

async function switchOver({ names }: DocsCall, desk: Desk, enabled: boolean): Promise<number> {
  return each(names, desk, async ({ id }) => {
    const changed = await desk.storage.changeDocument(desk.shop.slug, id, { enabled, now: Date.now() });
    return desk.json ? JSON.stringify(shown(changed!)) : lineOf(shown(changed!));
  });
}

/** By id or by name. */
async function each(names: readonly string[], desk: Desk, act: (row: DocumentRow) => Promise<string>): Promise<number> {
  const { storage, shop, print, json } = desk;
  let missing = 0;
  for (const name of names) {
    const row = (await storage.document(shop.slug, name)) ?? (await storage.documentOfSource(shop.slug, name));
    if (row) print(await act(row));
    else {
      missing++;
      const error = `There is no document "${name}" in ${shop.slug}.`;
      print(json ? JSON.stringify({ source: name, error }) : error);
    }
  }
  const failed = missing < names.length ? await bringToStore(desk) : 0;
  return missing + failed === 0 ? 0 : 1;
}

async function search({ names }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, print, json } = desk;
  const found = await knowledgeOf(desk).search(shop.slug, { query: names.join(' '), limit: FOUND }, signal);
  for (const passage of found) {
    // Of a file that others put into the vector store, its name is its title.
    const source = (await storage.document(shop.slug, passage.documentId))?.source ?? passage.title;
    if (json) print(JSON.stringify({ ...passage, source }));
    else {
      print(`${source}: ${[passage.title, passage.section].filter((part) => part !== '').join(' › ')}`);
      for (const line of passage.text.split('\n')) print(`  ${line}`);
      print('');
    }
  }
  if (found.length === 0 && !json) print('Nothing is found. The assistant would say that it does not know.');
  return 0;
}

async function sync(_call: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  const extractor = createExtractor();
  try {
    const { sources } = shop.documents;
    const result = await syncDocuments({
      storage,
      extractor,
      signal,
      shop: shop.slug,
      sources,
      request: requestOf(desk),
      embedder: embedderOf(desk, READING_SHARE),
      onProgress: (done, total) => show?.(`${shop.name}: ${done} of ${total} documents`),
    });
    show?.('');
    const { added, changed, unchanged, removed, failed } = result;
    if (json) print(JSON.stringify({ shop: shop.slug, ...result }));
    else print(`${shop.name}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed.`);
    if (!json) for (const { source, error } of failed) print(`  ${source}: ${error}`);
    return failed.length + (await bringToStore(desk)) === 0 ? 0 : 1;
  } finally {
    await extractor.close();
  }
}
