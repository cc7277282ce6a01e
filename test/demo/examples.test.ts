import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { answerExamples } from '../../demo/examples/index.ts';
import { examples } from '../../demo/examples/examples.ts';
import { createDemoStores, demoShops } from '../../demo/index.ts';

const folder = path.resolve(import.meta.dirname, '../../demo/examples');
const ask = (address: string) => answerExamples(new Request(`http://demo.example${address}`));

/** The listings of a page, by file, as somebody copies them. */
function listings(html: string): Map<string, string> {
  const found = html.matchAll(/<pre[^>]* aria-label="([^"]+)"><code>([^]*?)<\/code>/g);
  return new Map([...found].map(([, file, code]) => [file!, unescape(code!.replace(/<\/?span[^>]*>/g, ''))]));
}

function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

// The page under the strictest policy names a hash of the build's, and is looked at in test/e2e.
const plain = examples.filter(({ name }) => name !== 'csp');

test.each(plain)('$name shows the code that it runs', async ({ name, files }) => {
  const html = await (await ask(`/demo/examples/${name}`))!.text();
  const shown = listings(html);
  expect([...shown.keys()]).toEqual(files);
  expect(html).toContain(shown.get('page.html'));
  for (const file of files.filter((file) => file !== 'page.html')) {
    const own = file.startsWith('settings/') ? path.join(folder, file) : path.join(folder, name, file);
    expect(shown.get(file)).toBe(readFileSync(own, 'utf8').trim());
  }
  for (const [, src] of html.matchAll(new RegExp(`"/demo/examples/${name}/([^"]+)"`, 'g'))) {
    expect([...files, 'app.js']).toContain(src);
  }
});

test('the settings that examples show are those of the demo’s shops', () => {
  const shops = Object.fromEntries(demoShops().map(({ slug, values }) => [slug, values as Record<string, unknown>]));
  const shown = (name: string) =>
    JSON.parse(readFileSync(path.join(folder, `settings/${name}.json`), 'utf8')) as object;
  expect(shops['demo']).toMatchObject(shown('greeting'));
  expect(shops['demo']).toMatchObject(shown('page-tools'));
  expect(shops['demo-theme']).toMatchObject(shown('theme'));
  expect(shops['demo-consent']).toMatchObject(shown('consent'));
});

test('nothing but what belongs to an example is served', async () => {
  for (const address of [
    '/demo/examples/nothing',
    '/demo/examples/plain/index.ts',
    '/demo/examples/plain/..%2fbuild.ts',
    '/demo/examples/index.ts',
    '/demo/documents/..%2f..%2fpackage.json',
    '/demo/documents/nothing.md',
    '/demo/documents/%E0%A4%A',
    '/demo/other.html',
  ]) {
    expect(await ask(address), address).toBeNull();
  }
  const stores = createDemoStores();
  expect((await stores(new Request('http://demo.example/demo/examples')))!.headers.get('location')).toBe(
    '/demo/examples/',
  );
});
