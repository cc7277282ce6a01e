import { expect, test } from 'vitest';
import { createActMemory } from '../../../widget/state/act-memory.ts';
import { createSessionMemory } from '../../../widget/state/session.ts';
import { MemoryStorage } from '../memory-storage.ts';

const place = { baseUrl: 'https://proxy.example/path', shop: 'pets' };

test('knows after a reload what was begun and how it ended, and keeps nothing of the cart', () => {
  const storage = new MemoryStorage();
  const before = createActMemory({ ...place, storage: () => storage });
  before.keep('begun', null);
  before.keep('done', null);
  before.keep('done', { ok: true, cart: { count: 1, items: [{ title: 'Secret gift', quantity: 1 }] } });
  before.keep('refused', { ok: false, code: 'out_of_stock' });
  const after = createActMemory({ ...place, storage: () => storage });
  expect(after.outcome('begun')).toBe(null);
  expect(after.outcome('done')).toEqual({ ok: true });
  expect(after.outcome('refused')).toEqual({ ok: false, code: 'out_of_stock' });
  expect(after.outcome('never')).toBe(undefined);
  expect(storage.getItem('shopclerk:https://proxy.example:pets:acts')).not.toContain('Secret');
});

test('keeps the last fifty', () => {
  const storage = new MemoryStorage();
  const memory = createActMemory({ ...place, storage: () => storage });
  for (let act = 0; act <= 50; act++) memory.keep(`act-${act}`, { ok: true });
  expect(memory.outcome('act-0')).toBe(undefined);
  expect(memory.outcome('act-1')).toEqual({ ok: true });
});

test('is forgotten with the session, loaded or not', () => {
  const [storage, shared] = [new MemoryStorage(), new MemoryStorage()];
  const memory = createActMemory({ ...place, storage: () => storage, shared: () => shared });
  memory.keep('act', { ok: true });
  memory.claim('act');
  expect([storage.length, shared.length]).toEqual([1, 1]);
  createSessionMemory({ ...place, storage: () => shared, tabStorage: () => storage }).forget();
  expect([storage.length, shared.length]).toEqual([0, 0]);
});

test('lasts as long as the page where storage is blocked or holds rubbish', () => {
  const blocked = createActMemory({
    ...place,
    storage: () => {
      throw new DOMException('No.', 'SecurityError');
    },
  });
  blocked.keep('a', { ok: true });
  expect(blocked.outcome('a')).toEqual({ ok: true });
  const storage = new MemoryStorage();
  storage.setItem('shopclerk:https://proxy.example:pets:acts', '{"a":1}');
  expect(createActMemory({ ...place, storage: () => storage }).outcome('a')).toBe(undefined);
});

test('an act is taken by one tab alone', () => {
  const shared = new MemoryStorage();
  const tab = () => createActMemory({ ...place, storage: () => new MemoryStorage(), shared: () => shared });
  const [one, other] = [tab(), tab()];
  expect(one.claim('a')).toBe(true);
  expect(other.claim('a')).toBe(false);
  expect(other.claim('b')).toBe(true);
  for (let act = 0; act < 60; act++) one.claim(`act-${act}`);
  expect(JSON.parse(shared.getItem('shopclerk:https://proxy.example:pets:acts')!)).toHaveLength(50);
});

test('a tab that can know of no other takes every act', () => {
  const shared = () => {
    throw new DOMException('No.', 'SecurityError');
  };
  expect(createActMemory({ ...place, storage: () => new MemoryStorage(), shared }).claim('a')).toBe(true);
});
