import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { docsCommand } from '../../../proxy/commands/docs.ts';
import { testShop } from '../../fixtures/shops.ts';
import { tempDir } from '../../temp-dir.ts';

test('the owner adds documents, looks at them, searches and removes them', async () => {
  using dir = tempDir();
  const run = async (...args: string[]) => {
    const lines: string[] = [];
    const code = await docsCommand(args, {
      shops: [testShop({ slug: 'pets' })],
      config: { dataDir: dir.path, allowPrivateNetwork: false },
      version: '0.0.0',
      signal: new AbortController().signal,
      print: (line) => void lines.push(line),
    });
    return { code, text: lines.join('\n') };
  };
  await writeFile(dir.file('returns.md'), '# Returns\n\nWithin 30 days.');
  await writeFile(dir.file('empty.txt'), '');
  expect(await run('list')).toMatchObject({ code: 0, text: expect.stringContaining('has no documents') });
  expect(await run('add', dir.file('returns.md'), dir.file('empty.txt'), dir.file('gone.pdf'))).toMatchObject({
    code: 1,
    text: expect.stringMatching(/returns\.md {2}"Returns" {2}1 part\n.*failed: It is empty\.\n.*no such file/s),
  });
  expect(await run('search', 'how', 'many', 'days')).toEqual({
    code: 0,
    text: 'returns.md: Returns\n  Within 30 days.\n',
  });
  expect(JSON.parse((await run('search', 'days', '--json')).text)).toMatchObject({ source: 'returns.md', section: '' });
  expect((await run('search', 'elephants')).text).toContain('Nothing is found');
  expect(JSON.parse((await run('list', '--json')).text.split('\n')[0]!)).toMatchObject({
    source: 'returns.md',
    enabled: true,
  });
  expect((await run('disable', 'returns.md')).text).toContain('(disabled)');
  expect(await run('remove', 'returns.md', 'nobody')).toMatchObject({
    code: 1,
    text: expect.stringContaining('is removed'),
  });
  expect(await run('sync')).toMatchObject({ code: 0 });
  for (const [args, words] of [
    [['ad', 'x.md'], /There is no "docs ad"; did you mean add\?/],
    [['add'], /add needs a file\..*--help/],
    [['search'], /search needs a question/],
    [['remove'], /remove needs the id or the name/],
    [['list', 'x'], /list takes no names: "x"/],
    [['add', 'x.md', '--frob'], /Unknown option '--frob'\. How/],
    [['list', '--url', 'https://shop.example'], /--url belongs to add/],
    [['add', 'a.md', 'b.md', '--url', 'https://shop.example'], /one file/],
    [['sync', '--dry-run'], /--dry-run belongs to prune/],
  ] as const) {
    const { code, text } = await run(...args);
    expect({ code, text, lines: text.split('\n').length }).toEqual({
      code: 2,
      text: expect.stringMatching(words),
      lines: 1,
    });
  }
  expect(await run('add', 'https://shop.example/returns', dir.path)).toEqual({
    code: 1,
    text: expect.stringMatching(
      /it is an address: .*documents\.sources\.\n.*it is a folder: name its files, such as .*\*\.md/,
    ),
  });
  expect([
    (await run('--help')).code,
    (await run()).code,
    (await run('add')).code,
    (await run('list', '--shop', 'pet')).code,
  ]).toEqual([0, 2, 2, 2]);
});
