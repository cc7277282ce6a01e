import { expect, test } from 'vitest';
import { createSessionMemory } from '../../../widget/state/session.ts';

class MemoryStorage implements Storage {
  readonly #items = new Map<string, string>();
  get length(): number {
    return this.#items.size;
  }
  clear(): void {
    this.#items.clear();
  }
  key(index: number): string | null {
    return [...this.#items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.#items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.#items.set(key, value);
  }
  removeItem(key: string): void {
    this.#items.delete(key);
  }
}

const remembered = { token: 'tok', threadId: 'thr_1' };

test('a second page of the same shop finds the visitor and the thread', () => {
  const storage = new MemoryStorage();
  const options = { baseUrl: 'https://proxy.example/chat/', shop: 'pets', storage: () => storage };
  createSessionMemory(options).save(remembered);
  expect(createSessionMemory(options).load()).toEqual(remembered);
  expect(storage.key(0)).toBe('shopclerk:https://proxy.example:pets');
});

test('another shop or another proxy finds nothing', () => {
  const storage = new MemoryStorage();
  const at = (baseUrl: string, shop: string) => createSessionMemory({ baseUrl, shop, storage: () => storage });
  at('https://proxy.example', 'pets').save(remembered);
  expect(at('https://proxy.example', 'toys').load()).toBeNull();
  expect(at('https://other.example', 'pets').load()).toBeNull();
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

test.each(['{"token":1,"threadId":null}', '{"token":"t"}', '[]', '"x"', 'null', '{'])(
  '%s of a stranger is nothing',
  (text) => {
    const storage = new MemoryStorage();
    storage.setItem('shopclerk:https://proxy.example:pets', text);
    const memory = createSessionMemory({ baseUrl: 'https://proxy.example', shop: 'pets', storage: () => storage });
    expect(memory.load()).toBeNull();
  },
);
