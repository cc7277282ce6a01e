import { afterEach, expect, test, vi } from 'vitest';
import { Api, DeskError, wordsOf } from '../../desk/api.ts';

afterEach(() => void vi.unstubAllGlobals());

function answering(body: string, init?: ResponseInit): Api {
  vi.stubGlobal('fetch', async () => new Response(body, init));
  return new Api({ onLoggedOut: () => undefined, onOtherLogin: async () => false });
}

test('an answer is the JSON of the proxy', async () => {
  expect(await answering('{"a":1}').ask('/overview')).toEqual({ a: 1 });
  expect(await answering('').send('/overview')).toHaveProperty('status', 200);
});

test.each([
  [200, 'Something between this page and the proxy has answered in its place'],
  [502, 'The proxy answered with status 502'],
])('a page of HTML with status %s is none, and that is said', async (status, words) => {
  const error: unknown = await answering('<h1>Welcome to our hotel</h1>', { status })
    .ask('/overview')
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DeskError);
  expect(wordsOf(error)).toContain(words);
});
