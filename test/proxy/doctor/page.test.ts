import { expect, test } from 'vitest';
import { readPage } from '../../../proxy/doctor/page.ts';

const url = new URL('https://shop.example/');
const good = '<script src="https://clerk.example/widget.js" data-shop="pets" data-note="a > b" defer></script>';

test.each([
  ['comments', '<!--'],
  ['tags', '<script '],
  ['quotes', '<meta a="'],
  ['tags one in another', `<base '"`],
])('a page of %s that never end is read to its end', (_, opened) => {
  const { tags } = readPage(good + opened.repeat((4 * 2 ** 20) / opened.length), url);
  expect(tags.map(({ src, attributes }) => [src.href, attributes.get('data-note')])).toEqual([
    ['https://clerk.example/widget.js', 'a > b'],
  ]);
});

test('a tag in a comment is none, and one behind a tag without an end is one', () => {
  expect(readPage(`<!-- ${good} --><!----><p>`, url).tags).toEqual([]);
  expect(readPage(`${good}<script src="`, url).tags).toHaveLength(1);
});
