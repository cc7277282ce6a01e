import { expect, test } from 'vitest';
import { gapsCommand } from '../../../proxy/commands/gaps.ts';
import { databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import { tempDir } from '../../temp-dir.ts';

const begun = {
  visitorId: 'vis_a',
  address: 'a',
  threadId: null,
  text: 'Beds?',
  locale: 'en',
  maxThreads: 10,
  maxMessages: 10,
  now: 1,
};

async function withGap(query: string) {
  const dir = tempDir();
  const storage = openSqlite({ file: databaseIn(dir.path) });
  const turn = await storage.beginTurn({ ...begun, shop: 'pets', clientMessageId: 'message-1' });
  if (turn.outcome !== 'started') throw new Error(turn.outcome);
  const { id: turnId, threadId } = turn.turn;
  await storage.addGap({ shop: 'pets', threadId, turnId, kind: 'documents', query, createdAt: Date.UTC(2026, 10, 21) });
  await storage.close();
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const shops = ['pets', 'books'];
    const code = await gapsCommand(args, { shops, dataDir: dir.path, print: (line) => void lines.push(line) });
    return { code, lines };
  };
  return { run, threadId, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

test('the owner reads what was asked in vain, and where', async () => {
  using found = await withGap('gift\u001b[2J wrapping');
  expect(await found.run()).toEqual({
    code: 0,
    lines: [
      `2026-11-21 00:00  pets  documents  "gift\\u001b[2J wrapping"  in ${found.threadId}`,
      'books: every question found an answer.',
    ],
  });
});

test('as JSON for programs, of one shop', async () => {
  using found = await withGap('gift wrapping');
  const { code, lines } = await found.run('pets', '--json');
  expect(code).toBe(0);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([{ shop: 'pets', kind: 'documents' }]);
});

test('a wrong call says how to call it', async () => {
  using found = await withGap('gift wrapping');
  expect(await found.run('cats')).toEqual({ code: 2, lines: ['There is no shop "cats"; there are pets, books.'] });
  expect((await found.run('--what')).code).toBe(2);
  expect(await found.run('--help')).toMatchObject({ code: 0, lines: [expect.stringContaining('npm run gaps')] });
});
