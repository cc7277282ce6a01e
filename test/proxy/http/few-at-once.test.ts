import type { Context } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from '../../../proxy/http/env.ts';
import { fewAtOnce } from '../../../proxy/http/middleware/few-at-once.ts';

test('lets so many in at once, and the next one when one of them is over, however it ends', async () => {
  const few = fewAtOnce({ limit: 1, message: 'Too many.' });
  const c = {} as Context<HttpEnv>;
  const enter = (next: () => Promise<void>) => few(c, next);
  const first = Promise.withResolvers<void>();
  const inside = enter(() => first.promise);
  await expect(enter(async () => {})).rejects.toMatchObject({ code: 'overloaded', message: 'Too many.' });
  first.reject(new Error('The line broke.'));
  await expect(inside).rejects.toThrow('The line broke.');
  await enter(async () => {});
  await enter(async () => {});
});
