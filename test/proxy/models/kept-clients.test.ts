import { expect, test } from 'vitest';
import { createKeptClients } from '../../../proxy/models/kept-clients.ts';

function counted(max: number) {
  const clients = createKeptClients<string>(max);
  let made = 0;
  return (...what: unknown[]) => clients.of(what, () => `${what.join(' ')} ${++made}`);
}

test('makes a client once for the same server, key and model', () => {
  const client = counted(9);
  expect([client('a', 'key'), client('a', 'key'), client('a', 'other key')]).toEqual([
    'a key 1',
    'a key 1',
    'a other key 2',
  ]);
});

test('keeps so many at the most, and makes the oldest anew when it is asked again', () => {
  const clients = createKeptClients<string>(2);
  for (const name of ['first', 'second', 'third']) clients.of([name], () => name);
  expect(clients.all()).toEqual(['second', 'third']);
  expect(clients.of(['first'], () => 'first again')).toBe('first again');
});
