import { expect, test } from 'vitest';
import { createDesk, createPasswords } from '../../../proxy/admin/index.ts';
import { accountsCommand } from '../../../proxy/commands/accounts.ts';
import { createId, databaseIn, openSqlite } from '../../../proxy/storage/index.ts';
import { tempDir } from '../../temp-dir.ts';

test('an operator adds, lists, resets and removes accounts without a running proxy', async () => {
  using dir = tempDir();
  const lines: string[] = [];
  const run = async (...args: string[]) => {
    lines.length = 0;
    const options = { shops: ['pets', 'books'], dataDir: dir.path, print: (line: string) => void lines.push(line) };
    return accountsCommand(args, { ...options, now: () => Date.parse('2026-11-21T08:00:00Z') });
  };
  expect(await run('list')).toBe(0);
  expect(lines).toEqual(['No accounts.']);
  expect(await run('add', 'Dana@pets.example', '--shop', 'pets')).toBe(0);
  expect(lines[0]).toBe('dana@pets.example (pets) sets a password here, once, until 2026-11-24 08:00 UTC:');
  const secret = /\/admin\/#\/invitation\/([\w-]{43})$/.exec(lines[1]!)![1]!;

  const storage = openSqlite({ file: databaseIn(dir.path) });
  const now = () => Date.parse('2026-11-21T09:00:00Z');
  const desk = createDesk({ storage, adminToken: null, createId, now, passwords: createPasswords({ ln: 4 }) });
  await desk.accounts.accept(secret, 'correct horse battery');
  await storage.close();

  expect(await run('list')).toBe(0);
  expect(lines).toEqual(['dana@pets.example  pets  active  never logged in']);
  expect(await run('add', 'dana@pets.example', '--shop', 'books')).toBe(1);
  expect(await run('reset', 'DANA@pets.example')).toBe(0);
  expect(lines[1]).not.toContain(secret);
  expect(await run('list', '--json')).toBe(0);
  expect(JSON.parse(lines[0]!)).toMatchObject({ status: 'invited', shops: ['pets'] });
  expect(lines.join()).not.toMatch(/scrypt|password/);
  expect(await run('remove', 'dana@pets.example')).toBe(0);
  expect(await run('remove', 'dana@pets.example')).toBe(1);
});

test.each([
  [['add', 'dana@pets.example']],
  [['add', '--shop', 'pets']],
  [['add', 'dana@pets.example', '--shop', 'nowhere']],
  [['reset']],
  [['list', 'dana@pets.example']],
  [['forget', 'dana@pets.example']],
  [['--nonsense']],
])('says how it is called: %j', async (args) => {
  using dir = tempDir();
  const lines: string[] = [];
  const options = { shops: ['pets'], dataDir: dir.path, print: (line: string) => void lines.push(line) };
  expect(await accountsCommand(args, options)).toBe(2);
  expect(lines).toHaveLength(1);
});
