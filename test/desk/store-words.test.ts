import { expect, test } from 'vitest';
import { copyWords, storeWords } from '../../desk/documents/store-words.ts';
import type { DeskDocument, DeskDocumentStore } from '../../proxy/protocol/admin/index.ts';

const READY = { state: 'ready', error: null } as const;
const WAITING = { state: 'waiting', error: null } as const;
const of = (...copies: DeskDocumentStore[]) => copies.map((store) => ({ store }) as DeskDocument);

test('a document says where its copy in the vector store is, and why it is not there', () => {
  expect([copyWords(undefined), copyWords(READY)]).toEqual([null, null]);
  expect(copyWords(WAITING)).toEqual({ text: 'On its way to the vector store…', isBad: false });
  expect(copyWords({ state: 'failed', error: 'It could not read it.' })).toEqual({
    text: 'Not in the vector store: It could not read it.',
    isBad: true,
  });
  expect(copyWords({ state: 'waiting', error: 'It takes no more for now.' })).toMatchObject({ isBad: true });
});

test('a shop says what keeps all of them out, else how many are not there', () => {
  expect(storeWords({ documents: [] })).toBeNull();
  expect(
    storeWords({ documents: of(READY), store: { state: 'failed', error: 'It refuses the API key (401).' } }),
  ).toEqual({
    text: 'The vector store: It refuses the API key (401). Documents are found by their words all the same.',
    isBad: true,
  });
  expect(storeWords({ documents: of(READY), store: READY })?.text).toMatch(/has all documents/);
  expect(storeWords({ documents: of({ state: 'failed', error: '' }, WAITING), store: READY })).toEqual({
    text: 'The vector store: 1 not taken, 1 still being read there.',
    isBad: true,
  });
  expect(storeWords({ documents: [], store: WAITING })?.text).toMatch(/being brought up to date/);
});
