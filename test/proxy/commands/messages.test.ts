import { expect, test } from 'vitest';
import { messagesCommand } from '../../../proxy/commands/messages.ts';
import { databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import type { ContactMessageRow, NewContactMessage } from '../../../proxy/storage/types.ts';
import { tempDir } from '../../temp-dir.ts';
import { contacted } from '../storage/contact-suite.ts';

const NOON = Date.UTC(2026, 10, 21, 12);

type Tried = Partial<Pick<ContactMessageRow, 'delivery' | 'tries' | 'nextTryAt' | 'error'>>;

async function withMessages(...messages: (Partial<NewContactMessage> & { end?: Tried })[]) {
  const dir = tempDir();
  const storage = openSqlite({ file: databaseIn(dir.path) });
  const ids: string[] = [];
  for (const { end, ...message } of messages) {
    const { id, delivery, tries, nextTryAt, error } = await contacted(storage, { now: NOON, ...message });
    if (end) await storage.triedContactMessage(id, { delivery, tries, nextTryAt, error, ...end });
    ids.push(id);
  }
  await storage.close();
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    const code = await messagesCommand(args, { shops: ['pets', 'books'], dataDir: dir.path, print, now: () => NOON });
    return { code, text: lines.join('\n') };
  };
  return { run, ids, [Symbol.dispose]: () => dir[Symbol.dispose]() };
}

test('the owner reads who wrote what, and that nobody else was told', async () => {
  const text = 'Is it\u001b[2J coming back?\nThanks';
  using found = await withMessages({ delivery: 'kept', name: 'Da\u009bna', text });
  expect(await found.run()).toEqual({
    code: 0,
    text: [
      `2026-11-21 12:00  pets  ${found.ids[0]}  Da na <dana@home.example>`,
      '  Is it [2J coming back?',
      '  Thanks',
      '  (only kept here)',
      '',
      'books: no new messages.',
    ].join('\n'),
  });
});

test('how far a delivery is, and why it failed', async () => {
  const error = 'The webhook answered 503, not 2xx.';
  using found = await withMessages(
    { name: '' },
    { end: { tries: 2, nextTryAt: NOON + 60_000, error } },
    { end: { delivery: 'failed', tries: 12, nextTryAt: null, error } },
    { visitorId: 'vis_b', end: { delivery: 'delivered', tries: 1, nextTryAt: null } },
  );
  const { text } = await found.run('pets');
  for (const part of [
    `${found.ids[0]}  dana@home.example`,
    '(about to be delivered)',
    `(tried 2 times, again at 2026-11-21 12:01: ${error})`,
    `(not delivered after 12 tries: ${error})`,
    '(delivered)',
  ]) {
    expect(text).toContain(part);
  }
});

test('what is dealt with is noted, and shown no more but with --all', async () => {
  using found = await withMessages({ delivery: 'kept' }, { delivery: 'kept' });
  const [id] = found.ids;
  expect(await found.run('--handled', id!)).toEqual({ code: 0, text: `pets: ${id} is dealt with.` });
  expect((await found.run('pets')).text).not.toContain(id);
  expect((await found.run('pets', '--all')).text).toContain('only kept here; dealt with 2026-11-21 12:00');
  expect(await found.run('books', '--handled', id!)).toMatchObject({ code: 1 });
  expect(await found.run('--handled', 'con_none')).toMatchObject({
    code: 1,
    text: expect.stringContaining('no message'),
  });
});

test('as JSON for programs', async () => {
  using found = await withMessages({ delivery: 'kept' });
  const { text } = await found.run('--json');
  expect(JSON.parse(text)).toMatchObject({ id: found.ids[0], shop: 'pets', email: 'dana@home.example' });
});

test('who calls it wrongly is told how', async () => {
  using found = await withMessages();
  expect(await found.run('toys')).toEqual({ code: 2, text: 'There is no shop "toys"; there are pets, books.' });
  expect(await found.run('--what')).toMatchObject({ code: 2, text: expect.stringContaining('Usage') });
  expect(await found.run('--help')).toMatchObject({ code: 0, text: expect.stringContaining('Usage') });
});
