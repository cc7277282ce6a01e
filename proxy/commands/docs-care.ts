/** `shop-clerk docs check|export|prune`: how a shop's documents are kept in order. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as breath } from 'node:timers/promises';
import { z } from 'zod';
import { inspectSources, pruneStore, removeDocument, shown } from '../knowledge/index.ts';
import type { DocumentRow } from '../storage/types.ts';
import type { DocsCall } from './docs-call.ts';
import { bringToStore, type Desk, knowledgeOf, requestOf, storeOf } from './docs-desk.ts';

/** Where the right passage has to stand: the assistant reads some four. */
const FOUND = 3;
/** Of a document's passages; a sentence that many documents end with is no double. */
const SHARED = 0.5;
const MAX_QUESTIONS = 1_000;
const MAX_NAME = 120;
const STEP = 50;
/** UTF-16 code units; chunks repeat 200 at the most. */
const OVERLAP = 220;

const question = z.object({ q: z.string().min(1), document: z.string().min(1), fact: z.string().min(1).optional() });
const questionList = z.array(question).max(MAX_QUESTIONS);
const questionFile = z.union([questionList, z.object({ questions: questionList }).transform((file) => file.questions)]);

interface Finding {
  source: string;
  /** What is wrong, for a program. */
  finding: 'failed' | 'changed' | 'new' | 'gone' | 'double' | 'store' | 'question';
  /** The same, for the owner. */
  text: string;
}

const TO_DO: Record<string, string> = {
  changed: 'has changed since it was read: run docs sync',
  new: 'is named in the settings and was never read: run docs sync',
};

/** Looks at all of them, and changes nothing. @returns 1 when something is wrong */
export async function checkDocuments({ questions }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  const asked = questions === undefined ? [] : await questionsIn(questions);
  if (typeof asked === 'string') {
    print(asked);
    return 2;
  }
  let count = 0;
  const tell = (finding: Finding) => {
    count++;
    show?.('');
    print(json ? JSON.stringify(finding) : `${finding.source}: ${finding.text}`);
  };
  const rows = await storage.documents(shop.slug);
  for (const { source, status, error } of rows) {
    if (status === 'failed') tell({ source, finding: 'failed', text: error ?? 'It could not be read.' });
  }
  const { sources } = shop.documents;
  let looked = 0;
  for await (const { source, state, error } of inspectSources({
    ...desk,
    shop: shop.slug,
    sources,
    request: requestOf(desk),
  })) {
    show?.(`Looking at what the settings name: ${++looked}`);
    if (state !== 'same') tell({ source, finding: state, text: error ?? TO_DO[state]! });
  }
  for (const finding of await doubles(rows, desk)) tell(finding);
  if (shop.documents.store) {
    const copies = new Map((await storage.documentCopies(shop.slug)).map((copy) => [copy.document, copy]));
    for (const { id, source } of rows) {
      const error = copies.get(id)?.error;
      if (error) tell({ source, finding: 'store', text: error });
    }
  }
  const knowledge = knowledgeOf(desk);
  const names = new Map(rows.map(({ id, source }) => [id, source]));
  for (const [index, { q, document, fact }] of asked.entries()) {
    show?.(`Asking ${index + 1} of ${asked.length} questions`);
    const found = await knowledge.search(shop.slug, { query: q, limit: FOUND }, signal);
    const isRight = found.some(
      ({ documentId, text }) =>
        names.get(documentId) === document && (fact === undefined || plain(text).includes(plain(fact))),
    );
    const instead = [...new Set(found.map(({ documentId, title }) => names.get(documentId) ?? title))].join(', ');
    if (!isRight) tell({ source: document, finding: 'question', text: `"${q}" finds ${instead || 'nothing'} instead` });
  }
  show?.('');
  if (!json) {
    const right = asked.length === 0 ? '' : `, ${asked.length} ${asked.length === 1 ? 'question' : 'questions'} asked`;
    print(`${shop.name}: ${rows.length} documents${right}, ${count === 0 ? 'all is well' : `${count} to look at`}.`);
  }
  return count === 0 ? 0 : 1;
}

/** @returns why not, for a file that holds no questions */
async function questionsIn(file: string): Promise<z.infer<typeof questionList> | string> {
  try {
    const { data } = questionFile.safeParse(JSON.parse(await readFile(file, 'utf8')));
    return data ?? `${file} is no list of {"q": …, "document": …}, ${MAX_QUESTIONS} at most.`;
  } catch (error) {
    return `${file} can't be read: ${(error as Error).message}`;
  }
}

/** Documents of which half and more stands in another one, too, word for word. */
async function doubles(rows: readonly DocumentRow[], { storage, shop, signal }: Desk): Promise<Finding[]> {
  /** Texts → the first document that says so. */
  const known = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { id, source, enabled } of rows) {
    if (!enabled) continue;
    signal.throwIfAborted();
    const texts = new Set((await storage.chunksOf(shop.slug, id)).map(({ text }) => plain(text)));
    const shared = new Map<string, number>();
    for (const text of texts) {
      const first = known.get(text);
      if (first === undefined) known.set(text, source);
      else shared.set(first, (shared.get(first) ?? 0) + 1);
    }
    for (const [other, count] of shared) {
      if (count < texts.size * SHARED) continue;
      const text = `says the same as ${other} in ${count} of ${texts.size} passages: one of them is enough`;
      findings.push({ source, finding: 'double', text });
    }
  }
  return findings;
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The text, and not the file: of what was uploaded, only that is kept. */
export async function exportDocuments({ names: [folder = ''] }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  await mkdir(folder, { recursive: true });
  const rows = await storage.documents(shop.slug);
  const taken = new Set<string>(['documents.jsonl']);
  const lines: string[] = [];
  let failed = 0;
  const write = async (name: string, text: string) => {
    try {
      // What is there already may be somebody's own.
      await writeFile(path.join(folder, name), text, { flag: 'wx' });
      return true;
    } catch (error) {
      failed++;
      const reason = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'is there already' : (error as Error).message;
      print(json ? JSON.stringify({ file: name, error: reason }) : `${path.join(folder, name)}: ${reason}.`);
      return false;
    }
  };
  for (const [index, row] of rows.entries()) {
    signal.throwIfAborted();
    show?.(`Writing ${row.source} (${index + 1} of ${rows.length})`);
    const chunks = await storage.chunksOf(shop.slug, row.id);
    if (chunks.length === 0) continue;
    const file = nameFor(row, taken);
    let section = '';
    const parts = chunks.map((chunk, at) => {
      const heading = chunk.section === section || chunk.section === '' ? '' : `## ${chunk.section}\n\n`;
      section = chunk.section;
      return heading + (heading === '' ? withoutOverlap(chunks[at - 1]?.text ?? '', chunk.text) : chunk.text);
    });
    if (!(await write(file, `${[`# ${row.title}`, ...parts].join('\n\n')}\n`))) continue;
    lines.push(JSON.stringify({ file, ...shown(row) }));
    if (json) print(lines.at(-1)!);
  }
  await write('documents.jsonl', lines.map((line) => `${line}\n`).join(''));
  show?.('');
  if (!json) print(`${lines.length} documents are in ${folder}, and documents.jsonl says which is which.`);
  return failed === 0 ? 0 : 1;
}

/** Passages begin with the last sentence of the one before. */
function withoutOverlap(before: string, text: string): string {
  for (let length = Math.min(OVERLAP, before.length, text.length); length > 0; length--) {
    if (before.endsWith(text.slice(0, length))) return text.slice(length).trimStart();
  }
  return text;
}

/** Of whatever a document is called: a name in this folder, and none that is taken. */
function nameFor({ id, source }: DocumentRow, taken: Set<string>): string {
  const bare = source.replace(/^https?:\/\//, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const name = bare.replace(/^[.-]+|\.(md|markdown)$/g, '').slice(-MAX_NAME) || id;
  const file = taken.has(`${name}.md`.toLowerCase()) ? `${name}-${id}.md` : `${name}.md`;
  taken.add(file.toLowerCase());
  return file;
}

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
