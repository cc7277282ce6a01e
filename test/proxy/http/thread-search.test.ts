import { describe, expect, test } from 'vitest';
import { searchThreads, snippetOf, soughtIn } from '../../../proxy/http/thread-search.ts';
import type { ChatResponse, ThreadSummary } from '../../../proxy/protocol/index.ts';
import { answer } from '../../fakes/fake-openai.ts';
import { message, serveProxy } from './served.ts';

async function talks(...pairs: [question: string, answer: string][]) {
  const served = await serveProxy((_, index) => answer(pairs[index]![1]));
  const { token } = await served.session();
  for (const [question] of pairs) {
    await served.api<ChatResponse>('POST', '/api/chat', { token, json: message(question) });
  }
  const search = async (q: string, as = token) => {
    const path = `/api/threads?q=${encodeURIComponent(q)}`;
    return (await served.api<{ threads: ThreadSummary[] }>('GET', path, { token: as })).body.threads;
  };
  const found = async (q: string) => (await search(q)).map(({ title }) => title);
  return { served, search, found };
}

describe('a search in one’s own conversations', () => {
  test('finds words of titles and of messages, the newest conversation first', async () => {
    const { found } = await talks(['A bed?', 'The blue one.'], ['A bowl?', 'No BLUE bowls, but a red one.']);
    expect(await found('blue')).toEqual(['A bowl?', 'A bed?']);
    expect(await found('bed')).toEqual(['A bed?']);
    expect(await found('green')).toEqual([]);
  });

  test('wants all its words, wherever in a message they stand', async () => {
    const { found } = await talks(['A bed?', 'The blue one is soft.'], ['A bowl?', 'A soft red one.']);
    expect(await found(' soft   THE ')).toEqual(['A bed?']);
  });

  test('minds neither case nor accents, width or points, in any alphabet', async () => {
    const { found } = await talks(
      ['Un CAFÉ?', 'Straße.'],
      ['Что нового?', 'КОРМ для щенков'],
      ['מיטה לכלב', 'בֵּיגֶ׳ או כחול'],
      ['İstanbul', 'ＡＢＣ'],
    );
    expect(await found('cafe')).toEqual(['Un CAFÉ?']);
    expect(await found('корм')).toEqual(['Что нового?']);
    expect(await found('ביג')).toEqual(['מיטה לכלב']);
    expect(await found('abc')).toEqual(['İstanbul']);
  });

  test('takes no sign for more than itself', async () => {
    const { found } = await talks(['100% cotton?', 'Yes_sir.'], ['A bed?', 'Yes, sir.']);
    expect(await found('100%')).toEqual(['100% cotton?']);
    expect(await found('s_s')).toEqual(['100% cotton?']);
    expect(await found("' OR 1=1 --")).toEqual([]);
    expect(await found('%')).toEqual(['100% cotton?']);
  });

  test('shows the words around, in plain text', async () => {
    const { search } = await talks(['A bed?', `${'word '.repeat(60)}the **blue** one${' more'.repeat(60)}`]);
    const [{ snippet } = { snippet: '' }] = await search('blue');
    expect(snippet).toMatch(/^….{10,45}the blue one more.*…$/);
    expect(snippet!.length).toBeLessThan(130);
    expect((await search('bed'))[0]!.snippet).toBe('A bed?');
  });

  test('finds nothing of anybody else’s', async () => {
    const { served, search } = await talks(['A bed?', 'The blue one.']);
    const stranger = await served.session();
    expect(await search('blue', stranger.token)).toEqual([]);
  });

  test('without a word is the list as ever', async () => {
    const { found } = await talks(['A bed?', 'Blue.'], ['A bowl?', 'Red.']);
    expect(await found(' \u0301 ')).toEqual(['A bowl?', 'A bed?']);
    expect(await found('')).toHaveLength(2);
  });
});

test('a question of any length is ten words of its first hundred letters', () => {
  expect(soughtIn('a b c d e f g h i j k l')).toHaveLength(10);
  expect(soughtIn('x'.repeat(10_000))).toEqual(['x'.repeat(100)]);
  expect(soughtIn('bed BED Bed')).toEqual(['bed']);
});

test('a snippet is cut between letters, and found in a text of any length', () => {
  expect(snippetOf(`${'🐕'.repeat(100)} bed ${'🐈'.repeat(200)}`, 'bed').isWellFormed()).toBe(true);
  expect(snippetOf(`${'x '.repeat(100_000)}bed`, 'bed')).toMatch(/^….*bed$/);
});

test('fifty conversations are found at the most, and none beyond them is looked at', async () => {
  const looked: string[] = [];
  const rows = Array.from({ length: 60 }, (_, n) => ({ id: `thr_${n}`, title: 'Beds', createdAt: 0, updatedAt: 0 }));
  const storage = {
    threads: async () => rows,
    messages: async (id: string) => {
      looked.push(id);
      return [];
    },
  } as unknown as Parameters<typeof searchThreads>[0];
  const found = await searchThreads(
    storage,
    { shop: 'pets', visitorId: 'vis_a' },
    ['beds'],
    new AbortController().signal,
  );
  expect([found.length, looked.length]).toEqual([50, 50]);
});

test('a long conversation is read a page at a time, from its end, and no further than needed', async () => {
  const pages: (number | undefined)[] = [];
  const row = { id: 'thr_1', title: 'Beds', createdAt: 0, updatedAt: 0 };
  const storage = {
    threads: async () => [row],
    messages: async (_: string, limit: number, { skip = 0 } = {}) => {
      expect(limit).toBeLessThanOrEqual(25);
      pages.push(skip);
      return Array.from({ length: limit }, (_, at) => ({
        parts: [{ type: 'text', content: skip === 50 && at === 3 ? 'The blue one.' : 'Another.' }],
      }));
    },
  } as unknown as Parameters<typeof searchThreads>[0];
  const search = (word: string) =>
    searchThreads(storage, { shop: 'pets', visitorId: 'vis_a' }, [word], new AbortController().signal);
  expect(await search('blue')).toMatchObject([{ thread_id: 'thr_1', snippet: 'The blue one.' }]);
  expect(pages).toEqual([0, 25, 50]);
  pages.length = 0;
  expect(await search('green')).toEqual([]);
  expect(pages.at(-1)).toBe(975);
});
