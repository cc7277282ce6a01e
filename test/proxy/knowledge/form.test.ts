import { expect, test } from 'vitest';
import { fileOfForm } from '../../../proxy/knowledge/index.ts';

const file = new File(['Hello.'], 'a.md', { type: 'text/markdown' });

async function take(entries: Record<string, string | File>, rest: { name?: string; url?: string } = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(entries)) body.append(name, value);
  const whole = new Response(body);
  const contentType = whole.headers.get('content-type')!;
  return fileOfForm({ form: new Uint8Array(await whole.arrayBuffer()), contentType, ...rest });
}

test('the file of a form comes with its name, its kind and its address', async () => {
  const { bytes, ...said } = await take({ file, url: 'https://shop.example/a' });
  expect(new TextDecoder().decode(bytes)).toBe('Hello.');
  expect(said).toEqual({ name: 'a.md', contentType: 'text/markdown', url: 'https://shop.example/a' });
  expect(await take({ file, name: 'b.md' })).toMatchObject({ name: 'b.md' });
  expect(await take({ file, name: 'b.md' }, { name: 'c.md', url: 'https://shop.example/c' })).toMatchObject({
    name: 'c.md',
    url: 'https://shop.example/c',
  });
  expect(await take({ file: new File(['x'], 'C:\\shop\\d.txt') })).toMatchObject({ name: 'd.txt' });
});

test.each<[string, Record<string, string | File>, RegExp]>([
  ['has no file', { url: 'https://shop.example' }, /one file in a form/],
  ['has its file as words', { file: 'Hello.' }, /one file in a form/],
  ['names no web address', { file, url: 'javascript:alert(1)' }, /http\(s\) URL/],
  ['gives its file no proper name', { file, name: 'a\u0000b.md' }, /what the file is called/],
  ['has many parts', Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`f${n}`, 'x'])), /more than 10 parts/],
])('a form that %s is refused', async (_, entries, words) => {
  await expect(take(entries)).rejects.toThrow(words);
});

test.each([
  [
    'broken off',
    'multipart/form-data; boundary=x',
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nHal',
  ],
  ['nothing of the sort', 'multipart/form-data; boundary=x', 'Hello'],
  ['without a boundary', 'multipart/form-data', '--x--'],
])('a form that is %s is refused', async (_, contentType, text) => {
  const form = new TextEncoder().encode(text);
  await expect(fileOfForm({ form, contentType })).rejects.toThrow(/damaged|no boundary/);
});
