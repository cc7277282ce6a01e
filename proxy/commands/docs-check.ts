/** `shop-clerk docs check`: what is wrong with a shop's documents, and whether questions find the right one. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inspectSources } from '../knowledge/index.ts';
import type { DocumentRow } from '../storage/types.ts';
import type { DocsCall } from './docs-call.ts';
import { type Desk, knowledgeOf, requestOf } from './docs-desk.ts';

/** Where the right passage has to stand: the assistant reads some four. */
const FOUND = 3;
/** Of a document's passages; a sentence that many documents end with is no double. */
const SHARED = 0.5;
const MAX_QUESTIONS = 1_000;

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
