import { EventEmitter } from 'node:events';
import type { Context } from 'hono';
import { expect, test } from 'vitest';
import type { HttpEnv } from '../../../proxy/http/env.ts';
import { takePlace } from '../../../proxy/http/middleware/take-place.ts';
import type { Limits } from '../../../proxy/limits/types.ts';

function asked(destroyed: boolean) {
  const outgoing = Object.assign(new EventEmitter(), { destroyed });
  const c = { env: { outgoing }, get: () => undefined } as unknown as Context<HttpEnv>;
  let taken = 0;
  let followers = 0;
  const allowances = { follow: () => (taken++, { release: () => void taken-- }) } as unknown as Limits;
  const follow = () => (followers++, () => void followers--);
  const enter = () => takePlace({ allowances, follow })(c, async () => {});
  return { outgoing, enter, held: () => [taken, followers] };
}

test('a place is held until the socket is done with the answer, however long after the handler', async () => {
  const { outgoing, enter, held } = asked(false);
  await enter();
  expect(held()).toEqual([1, 1]);
  outgoing.emit('close');
  expect(held()).toEqual([0, 0]);
});

test('a socket that is gone already holds no place, and nobody follows', async () => {
  const { enter, held } = asked(true);
  await enter();
  expect(held()).toEqual([0, 0]);
});
