/** What the owner keeps documents in order with: check, export, prune. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { docsCommand } from '../../../proxy/commands/docs.ts';
import { Secret } from '../../../proxy/shops/secret.ts';
import type { ShopDocuments } from '../../../proxy/shops/types.ts';
import { databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import { startFakeVectorStore } from '../../fakes/fake-vector-store.ts';
import { testShop } from '../../fixtures/shops.ts';
import { tempDir } from '../../temp-dir.ts';

function desk() {
  const dir = tempDir();
  onTestFinished(() => dir[Symbol.dispose]());
  const documents: { -readonly [Key in keyof ShopDocuments]: ShopDocuments[Key] } = {
    sources: [],
    everyMinutes: 0,
    embeddings: null,
    store: null,
  };
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const shown: string[] = [];
    const code = await docsCommand(args, {
      shops: [testShop({ slug: 'pets', name: 'Pets', documents })],
      config: { dataDir: dir.path, allowPrivateNetwork: true },
      version: '0.0.0',
      signal: new AbortController().signal,
      print: (line) => void lines.push(line),
      show: (line) => void shown.push(line),
    });
    return { code, lines, shown };
  };
  return { dir, documents, run };
}

const source = (dir: ReturnType<typeof tempDir>, name: string) => ({
  type: 'file' as const,
  file: dir.file(name),
  name,
});
const RETURNS = '# Returns\n\n## How long\n\nYou have thirty days.\n\n## Who pays\n\nWe pay for the way back.\n';

test('check tells what can’t be read, has changed, is gone, says the same twice, and which questions find the wrong document', async () => {
  const { dir, documents, run } = desk();
  await writeFile(dir.file('returns.md'), RETURNS);
  await writeFile(dir.file('gone.md'), 'Gone soon.');
  documents.sources = [source(dir, 'returns.md'), source(dir, 'gone.md')];
  expect((await run('sync')).code).toBe(0);
  expect(await run('check')).toMatchObject({ code: 0, lines: ['Pets: 2 documents, all is well.'] });

  await writeFile(dir.file('returns.md'), RETURNS.replace('thirty', 'sixty'));
  await rm(dir.file('gone.md'));
  await writeFile(dir.file('copy.md'), RETURNS);
  await writeFile(dir.file('scan.pdf'), '%PDF-1.4 nothing');
  await writeFile(dir.file('new.md'), 'New.');
  await run('add', dir.file('copy.md'), dir.file('scan.pdf'));
  documents.sources = [...documents.sources, source(dir, 'new.md')];
  const asked = [
    { q: 'how long', document: 'returns.md', fact: 'thirty days' },
    { q: 'who pays the way back', document: 'shipping.md' },
    { q: 'elephants', document: 'returns.md' },
  ];
  await writeFile(dir.file('questions.json'), JSON.stringify(asked));
  const { code, lines, shown } = await run('check', '--questions', dir.file('questions.json'), '--json');
  expect(code).toBe(1);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { source: 'scan.pdf', finding: 'failed' },
    { source: 'returns.md', finding: 'changed' },
    { source: 'gone.md', finding: 'gone', text: 'There is no such file any more.' },
    { source: 'new.md', finding: 'new' },
    {
      source: 'copy.md',
      finding: 'double',
      text: expect.stringContaining('the same as returns.md in 2 of 2 passages'),
    },
    { source: 'shipping.md', finding: 'question', text: '"who pays the way back" finds returns.md, copy.md instead' },
    { source: 'returns.md', finding: 'question', text: '"elephants" finds nothing instead' },
  ]);
  expect(shown).toContain('Asking 3 of 3 questions');
  expect((await run('check', '--questions', dir.file('nowhere.json'))).code).toBe(2);
});

test('export writes what was read, once, under names that stay in the folder, and overwrites nothing', async () => {
  const { dir, run } = desk();
  const long = Array.from({ length: 60 }, (_, n) => `Sentence number ${n} tells something of its own.`).join(' ');
  await writeFile(dir.file('guide.md'), `# Guide\n\n${long}`);
  await writeFile(dir.file('.hidden.txt'), 'Hidden.');
  await run('add', dir.file('guide.md'), dir.file('.hidden.txt'));
  const folder = dir.file('out');
  expect(await run('export', folder)).toMatchObject({ code: 0 });
  expect((await readdir(folder)).toSorted()).toEqual(['documents.jsonl', 'guide.md', 'hidden.txt.md']);
  const text = await readFile(`${folder}/guide.md`, 'utf8');
  expect(text.replaceAll(/\s+/g, ' ').trim()).toBe(`# Guide ${long}`);
  const list = (await readFile(`${folder}/documents.jsonl`, 'utf8')).trim().split('\n');
  expect(JSON.parse(list[0]!)).toMatchObject({ file: 'guide.md', source: 'guide.md', title: 'Guide' });
  expect(await run('export', folder)).toMatchObject({
    code: 1,
    lines: expect.arrayContaining([expect.stringContaining('is there already')]),
  });
});

test('prune removes what is gone from where it was read, keeps what is only out of reach, and says first what it would do', async () => {
  const { dir, documents, run } = desk();
  let status = 200;
  const server = createServer((_, response) =>
    response.writeHead(status, { 'content-type': 'text/html' }).end('<p>A page.</p>'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`;
  await writeFile(dir.file('stays.md'), 'Stays.');
  await writeFile(dir.file('goes.md'), 'Goes.');
  await writeFile(dir.file('hand.md'), 'By hand.');
  documents.sources = [source(dir, 'stays.md'), source(dir, 'goes.md'), { type: 'url', url }];
  expect((await run('sync')).code).toBe(0);
  await run('add', dir.file('hand.md'));
  await rm(dir.file('goes.md'));
  const sources = async () =>
    (await run('list', '--json')).lines.map((line) => (JSON.parse(line) as { source: string }).source);

  status = 500;
  expect(await run('prune', '--dry-run')).toMatchObject({
    code: 1,
    lines: [
      expect.stringContaining('answered with 500. It stays.'),
      expect.stringContaining('goes.md: There is no such file any more. It would be removed.'),
    ],
  });
  expect(await sources()).toHaveLength(4);
  status = 410;
  expect((await run('prune')).code).toBe(0);
  expect(await sources()).toEqual(['stays.md', 'hand.md']);
});

test('prune forgets the parts that a broken-off reading left', async () => {
  const { dir, run } = desk();
  await writeFile(dir.file('a.md'), 'Old.');
  await run('add', dir.file('a.md'));
  const storage = openSqlite({ file: databaseIn(dir.path) });
  const begun = {
    shop: 'pets',
    source: 'a.md',
    origin: '',
    kind: 'markdown' as const,
    title: 'a',
    url: undefined,
    bytes: 1,
    now: 1,
    maxDocuments: 9,
  };
  const { id } = (await storage.beginDocument(begun, 'token'))!;
  const words = { titleTerms: '', sectionTerms: '', bodyTerms: 'left', section: '', text: 'Left.' };
  const chunks = Array.from({ length: 70 }, (_, ordinal) => ({ ...words, ordinal, hash: String(ordinal) }));
  await storage.stageChunks({ id, token: 'token' }, chunks);
  expect(await storage.pruneLostChunks('pets', 10)).toBe(0);
  await storage.failDocument({ id, token: 'token' }, 'Broken off.', 2);
  await storage.close();
  expect(JSON.parse((await run('prune', '--json')).lines.at(-1)!)).toEqual({ removed: 0, chunks: 70, files: 0 });
  expect((await run('search', 'old')).lines).toContain('  Old.');
});

test('in a shop with a vector store each change goes there, and the list says how it went', async () => {
  const { dir, documents, run } = desk();
  const openai = await startFakeVectorStore();
  onTestFinished(() => openai.close());
  documents.store = {
    type: 'openai',
    search: 'tool',
    baseUrl: openai.baseUrl,
    apiKey: new Secret('sk-store'),
    guarded: false,
  };
  await writeFile(dir.file('a.md'), 'Open daily.');
  openai.unreadable.push({ word: 'daily', code: 'invalid_file', message: 'No.' });
  expect(await run('add', dir.file('a.md'))).toMatchObject({
    code: 1,
    lines: expect.arrayContaining(['Vector store: 1 sent, 0 deleted.']),
  });
  expect((await run('list')).lines[0]).toContain('The vector store could not read it (invalid_file: No.).');
  openai.unreadable.length = 0;
  expect(await run('sync')).toMatchObject({ code: 0 });
  expect((await run('check')).code).toBe(0);
  const [store] = openai.stores.keys();
  const [{ attributes } = { attributes: {} }] = openai.stores.get(store!)!.values();
  openai.put(store!, 'lost.md', 'Lost.', { ...attributes, clerk_document: 'doc_gone' });
  expect((await run('prune')).lines.at(-1)).toContain('1 files in the vector store are removed');
  expect((await run('remove', 'a.md')).code).toBe(0);
  expect(openai.files.size).toBe(0);
});

test('what is called wrongly says how it is called', async () => {
  const { run } = desk();
  for (const args of [
    ['export'],
    ['export', 'a', 'b'],
    ['prune', 'x'],
    ['check', '--dry-run'],
    ['list', '--questions', 'x'],
  ]) {
    expect((await run(...args)).code).toBe(2);
  }
  expect((await run('--help')).lines.join()).toMatch(/check .*export .*prune /s);
});
