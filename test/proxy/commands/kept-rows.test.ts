import { describe, expect, test } from 'vitest';
import { findingsCommand } from '../../../proxy/commands/findings.ts';
import { gapsCommand } from '../../../proxy/commands/gaps.ts';
import { databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
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

/** Of one turn. */
type Place = { shop: string; threadId: string; turnId: string; createdAt: number };

/** A list that the owner reads, with one thing to put into it and how that is told. */
const lists = [
  {
    name: 'findings',
    command: findingsCommand,
    add: (storage: Storage, place: Place) => storage.addFinding({ ...place, kind: 'amount', text: '9.90\u001b[2J ₪' }),
    told: 'price  "9.90\\u001b[2J ₪"',
    none: 'nothing was taken out of an answer.',
    row: { shop: 'pets', kind: 'amount' },
  },
  {
    name: 'gaps',
    command: gapsCommand,
    add: (storage: Storage, place: Place) =>
      storage.addGap({ ...place, kind: 'documents', query: 'gift\u001b[2J wrapping' }),
    told: 'documents  "gift\\u001b[2J wrapping"',
    none: 'every question found an answer.',
    row: { shop: 'pets', kind: 'documents' },
  },
];

describe.each(lists)('the list of $name', ({ name, command, add, told, none, row }) => {
  async function filled() {
    const dir = tempDir();
    const storage = openSqlite({ file: databaseIn(dir.path) });
    const turn = await storage.beginTurn({ ...begun, shop: 'pets', clientMessageId: 'message-1' });
    if (turn.outcome !== 'started') throw new Error(turn.outcome);
    const { id: turnId, threadId } = turn.turn;
    await add(storage, { shop: 'pets', threadId, turnId, createdAt: Date.UTC(2026, 10, 21) });
    await storage.close();
    const run = async (...args: string[]) => {
      const lines: string[] = [];
      const shops = ['pets', 'books'];
      const code = await command(args, { shops, dataDir: dir.path, print: (line) => void lines.push(line) });
      return { code, lines };
    };
    return { run, threadId, [Symbol.dispose]: () => dir[Symbol.dispose]() };
  }

  test('says when, what and where, with no control character of a model on the terminal', async () => {
    using list = await filled();
    expect(await list.run()).toEqual({
      code: 0,
      lines: [`2026-11-21 00:00  pets  ${told}  in ${list.threadId}`, `books: ${none}`],
    });
  });

  test('comes as JSON for programs, of one shop', async () => {
    using list = await filled();
    const { code, lines } = await list.run('pets', '--json');
    expect(code).toBe(0);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([row]);
  });

  test('says to a wrong call how to call it', async () => {
    using list = await filled();
    expect(await list.run('cats')).toEqual({ code: 2, lines: ['There is no shop "cats"; there are pets, books.'] });
    expect((await list.run('--what')).code).toBe(2);
    expect(await list.run('--help')).toMatchObject({ code: 0, lines: [expect.stringContaining(`npm run ${name}`)] });
  });
});
