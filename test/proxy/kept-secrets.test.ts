import { readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rotateSecretCommand } from '../../proxy/commands/rotate-secret.ts';
import { keptSecrets } from '../../proxy/kept-secrets.ts';
import { tempDir } from '../temp-dir.ts';

test('a secret is made once, for its owner alone', async () => {
  using dir = tempDir();
  const made = await keptSecrets(dir.file('data'), 'key');
  expect(made).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  expect(await keptSecrets(dir.file('data'), 'key')).toEqual(made);
  expect(statSync(dir.file('data/key')).mode & 0o777).toBe(0o600);
});

test('a rotation puts a new one in front and keeps two of the older ones', async () => {
  using dir = tempDir();
  const said: string[] = [];
  const rotate = () => rotateSecretCommand({ dataDir: dir.path, sessionSecrets: [] }, (line) => void said.push(line));
  const [first] = await keptSecrets(dir.path, 'session-secret');
  await rotate();
  const two = await keptSecrets(dir.path, 'session-secret');
  expect(two).toEqual([expect.any(String), first]);
  await rotate();
  await rotate();
  const three = await keptSecrets(dir.path, 'session-secret');
  expect(three).toHaveLength(3);
  expect(three).not.toContain(first);
  expect(three[2]).toBe(two[0]);
  expect(said.join()).not.toContain(readFileSync(dir.file('session-secret'), 'utf8').slice(0, 43));
});
