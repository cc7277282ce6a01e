import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiFiles } from '../../docs/api/index.ts';
import { declarationOf, manifestOf, root } from '../../docs/api/manifest.ts';
import { typings } from '../../docs/api/typings.ts';
import { METHODS } from '../../widget/methods.ts';
import { tempDir } from '../temp-dir.ts';

const element = declarationOf(manifestOf());
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

describe('what is written down of the element', () => {
  test('is what its source says now; `npm run docs:api` writes it anew', () => {
    for (const [name, text] of Object.entries(apiFiles())) {
      expect(readFileSync(path.join(root, name), 'utf8'), name).toBe(text);
    }
  });

  test('has every event that is fired', () => {
    const code = ['events.ts', 'later-events.ts', 'cart-events.ts']
      .map((name) => readFileSync(path.join(root, 'widget', name), 'utf8'))
      .join('\n');
    const fired = [...code.matchAll(/super\('([a-z-]+)'/g)].map(([, name]) => `shopclerk-${name}`);
    expect(names(element.events).toSorted()).toEqual(fired.toSorted());
  });

  test('has every attribute and method of its own, and nothing else of it', () => {
    expect(names(element.attributes)).toEqual(
      'shop proxy locale heading accent open position color-scheme layout push transport'.split(' '),
    );
    const methods = element.members.filter(({ kind }) => kind === 'method');
    expect(names(methods).join(' ')).toBe(
      'open close toggle send setDraft stop newThread selectThread setContext exportData deleteData destroy consent identify signOut registerTool',
    );
    // The script tag has them before the element is there.
    expect(METHODS.split(' ').toSorted()).toEqual(names(methods).toSorted());
    for (const { name, description } of [...element.members, ...element.attributes])
      expect(description, name).toBeTruthy();
  });

  test('has every part that the pieces have', () => {
    const parts = new Set<string>();
    for (const file of readdirSync(path.join(root, 'widget'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts')) continue;
      const code = readFileSync(path.join(root, 'widget', file), 'utf8');
      for (const [, list] of code.matchAll(/\bpart="([\w -]+)"/g)) for (const part of list!.split(' ')) parts.add(part);
    }
    const told = new Set(names(element.cssParts));
    expect([...parts].filter((part) => !told.has(part))).toEqual([]);
  });
});

test('the types stand alone, and know methods, events and what they hold', () => {
  using dir = tempDir();
  writeFileSync(dir.file('widget.d.ts'), typings());
  writeFileSync(
    dir.file('page.ts'),
    `import type { PageFunction, ShopClerk } from './widget.d.ts';
const clerk: ShopClerk = document.querySelector('shop-clerk')!;
clerk.layout = 'side';
// @ts-expect-error no such layout
clerk.layout = 'top';
const stock: PageFunction = async ({ size }, { signal }) => ({ size, signal: signal.aborted });
void clerk.registerTool({ name: 'stock', description: 'Stock' }, stock);
clerk.addEventListener('shopclerk-feedback', ({ rating }) => rating satisfies 'up' | 'down' | null);
document.addEventListener('shopclerk-add-to-cart', (event) => event.respondWith({ ok: true }));
document.addEventListener('shopclerk-products-shown', ({ products }) => products[0]!.price.min.amount.toFixed());
void window.shopclerk?.('open', { prefill: 'Which size?' });
`,
  );
  const tsc = path.join(root, 'node_modules/.bin/tsc');
  const options = '--noEmit --strict --target es2024 --lib es2024,dom --module esnext --moduleResolution bundler';
  const page = ['--allowImportingTsExtensions', '--typeRoots', dir.path, 'page.ts'];
  const { stdout } = spawnSync(tsc, [...options.split(' '), ...page], { cwd: dir.path, encoding: 'utf8' });
  expect(stdout).toBe('');
});
