import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const LOG = path.resolve(import.meta.dirname, '../../proxy/log.ts');
const CHILD = `
  const { createLog } = await import(${JSON.stringify(LOG)});
  const log = createLog({ level: 'info', secrets: ['first-secret'] });
  log.hide(['later-secret', 'x']);
  log.info('first-secret and later-secret, but no x');
  log.hide(Array.from({ length: 6_000 }, (_, index) => 'secret-number-' + index));
  log.info('secret-number-5999');`;

test('a secret that comes later is hidden in the log as well', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], { stdio: ['ignore', 'ignore', 'pipe'] });
  let lines = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (lines += text));
  await once(child, 'close');
  const messages = lines
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(messages).toEqual(['[redacted] and [redacted], but no x', '[redacted]']);
});
