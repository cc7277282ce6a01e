import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('a stream is answered once, also by a proxy that made a server before it loaded what streams', async () => {
  const script = path.join(import.meta.dirname, 'late.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout.trim()).toBe('text/event-stream; charset=utf-8 ""');
  expect(stderr).toBe('');
});
