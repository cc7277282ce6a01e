import { expect, test } from 'vitest';
import { createSessionMemory } from '../../../widget/state/session.ts';
import { MemoryStorage } from '../memory-storage.ts';

const remembered = { token: 'tok', threadId: 'thr_1' };

test('a second page of the same shop finds the visitor and the thread', () => {
  const storage = new MemoryStorage();
  const options = () => ({
    baseUrl: 'https://proxy.example/chat/',
    shop: 'pets',
    storage: () => storage,
    tabStorage: () => new MemoryStorage(),
  });
  createSessionMemory(options()).save(remembered);
  expect(createSessionMemory(options()).load()).toEqual(remembered);
  expect(storage.key(0)).toBe('shopclerk:https://proxy.example:pets');
});

test('another shop or another proxy finds nothing', () => {
  const storage = new MemoryStorage();
  const at = (baseUrl: string, shop: string) => createSessionMemory({ baseUrl, shop, storage: () => storage });
  at('https://proxy.example', 'pets').save(remembered);
  expect(at('https://proxy.example', 'toys').load()).toBeNull();
  expect(at('https://other.example', 'pets').load()).toBeNull();
});

test('a tab stays in its own conversation, whatever another one begins; a new tab goes where the last one was', () => {
  const storage = new MemoryStorage();
  const [tab, other, third] = [new MemoryStorage(), new MemoryStorage(), new MemoryStorage()];
  const open = (own: Storage) =>
    createSessionMemory({
      baseUrl: 'https://proxy.example',
      shop: 'pets',
      storage: () => storage,
      tabStorage: () => own,
    });
  open(tab).save(remembered);
  open(other).save({ ...remembered, threadId: 'thr_2' });
  expect([open(tab), open(other), open(third)].map((memory) => memory.load()?.threadId)).toEqual([
    'thr_1',
    'thr_2',
    'thr_2',
  ]);
});

test('questions on their way are kept for the tab that asked them, and nonsense is not', () => {
  const [storage, tab, other] = [new MemoryStorage(), new MemoryStorage(), new MemoryStorage()];
  const open = (own: Storage) =>
    createSessionMemory({
      baseUrl: 'https://proxy.example',
      shop: 'pets',
      storage: () => storage,
      tabStorage: () => own,
    });
  const asking = ['cmsg_1', 'cmsg_2'].map((clientMessageId) => ({ clientMessageId, text: 'Hi', createdAt: 1 }));
  open(tab).save({ ...remembered, asking });
  expect(open(tab).load()).toEqual({ ...remembered, asking });
  expect(open(other).load()).toEqual(remembered);
  tab.setItem(tab.key(0)!, JSON.stringify({ ...remembered, asking: [{ text: 7 }, null] }));
  expect(open(tab).load()).toEqual(remembered);
});

test('no more questions come back than a tab may have waiting, whatever the page has put there', () => {
  const tab = new MemoryStorage();
  const memory = () =>
    createSessionMemory({
      baseUrl: 'https://proxy.example',
      shop: 'pets',
      storage: () => new MemoryStorage(),
      tabStorage: () => tab,
    });
  memory().save(remembered);
  const asking = Array.from({ length: 20_000 }, (_, at) => ({
    clientMessageId: `cmsg_${at}`,
    text: 'Hi',
    createdAt: 1,
  }));
  tab.setItem(tab.key(0)!, JSON.stringify({ ...remembered, asking }));
  expect(memory().load()?.asking).toEqual(asking.slice(0, 11));
});

test('blocked storage is no error: the page itself remembers', () => {
  const blocked = (): Storage => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  const memory = createSessionMemory({ baseUrl: 'https://proxy.example', shop: 'pets', storage: blocked });
  expect(memory.load()).toBeNull();
  memory.save(remembered);
  expect(memory.load()).toEqual(remembered);
});

test.each([
  '{"token":1,"threadId":null}',
  '{"token":"t"}',
  '[]',
  '"x"',
  'null',
  '{',
  '{"token":"\u6f22","threadId":null}',
  '{"token":"a\\nb","threadId":null}',
  '{"token":"t","threadId":"\\ud800"}',
])('%s of a stranger is nothing', (text) => {
  const storage = new MemoryStorage();
  storage.setItem('shopclerk:https://proxy.example:pets', text);
  const memory = createSessionMemory({ baseUrl: 'https://proxy.example', shop: 'pets', storage: () => storage });
  expect(memory.load()).toBeNull();
});

test('of who has signed in only the thread’s id is kept, in this tab, and nothing of the visitor before', () => {
  const [storage, tab] = [new MemoryStorage(), new MemoryStorage()];
  const open = () =>
    createSessionMemory({
      baseUrl: 'https://proxy.example',
      shop: 'pets',
      storage: () => storage,
      tabStorage: () => tab,
    });
  const memory = open();
  memory.save({ ...remembered, consent: true });
  memory.signIn();
  expect([storage.length, tab.length, memory.load()]).toEqual([0, 0, null]);
  memory.save({ token: 'hers', threadId: 'thr_2', asking: [{ clientMessageId: 'c', text: 'A secret', createdAt: 1 }] });
  expect([storage.length, tab.getItem(tab.key(0)!)]).toEqual([0, '{"token":"","threadId":"thr_2"}']);
  expect(open().load()).toBeNull();
  memory.forget();
  expect([storage.length, tab.length, memory.load()]).toEqual([0, 0, null]);
});

test('consent is remembered with the visitor, and only if it is really there', () => {
  const storage = new MemoryStorage();
  const open = () =>
    createSessionMemory({
      baseUrl: 'https://proxy.example',
      shop: 'pets',
      storage: () => storage,
      tabStorage: () => new MemoryStorage(),
    });
  open().save({ ...remembered, consent: true });
  expect(open().load()).toEqual({ ...remembered, consent: true });
  storage.setItem(storage.key(0)!, JSON.stringify({ ...remembered, consent: 'yes' }));
  expect(open().load()).toEqual(remembered);
});
