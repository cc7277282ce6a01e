/** What the README promises, tried as it is printed there. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShopClerk, type ShopClerk } from './harness.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readme = read('README.md');
const PICTURE_LIMIT_BYTES = 300_000;

describe('the curl lines', () => {
  let clerk: ShopClerk;
  beforeAll(async () => {
    clerk = await startShopClerk();
  });
  afterAll(() => clerk.stop());

  test('get a token, and then the events that are shown below them', async () => {
    const [session, stream] = [...readme.matchAll(/curl \S* ?localhost:8787(\/\S+) .*-d '([^']+)'/g)];
    const { token } = (await (await post(session!)).json()) as { token: string };
    const response = await post(stream!, { authorization: `Bearer ${token}` });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = [...(await response.text()).matchAll(/^data: \{"type":"(\w+)"/gm)].map(([, type]) => type);
    const printed = [...readme.matchAll(/^data: \{"type":"(\w+)"/gm)].map(([, type]) => type);
    // Of each row of tool and text events the README shows the first.
    expect(events.filter((type, index) => type !== 'tool' || index === 1).filter(changes)).toEqual(printed);
  });

  function post([, route, body]: RegExpExecArray, headers: Record<string, string> = {}) {
    return fetch(`${clerk.url}${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: body!,
    });
  }
});

test('the table of settings has what .env.example has, with the same defaults', () => {
  const rows = [...readme.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) +\| ([^|]*) \|/gm)];
  const table = rows.flatMap(([, names, defaults]) => {
    // "–" and "made and kept in …" are no values.
    const values = defaults!.startsWith('`') ? quoted(defaults!) : [];
    return quoted(names!).map((name, index) => [name, values[index] ?? '']);
  });
  const example = [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]);
  expect(Object.fromEntries(table)).toEqual(Object.fromEntries(example));
});

test('every link in the documents leads to a file, and no picture is heavy', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })]) {
    const targets = [...read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    for (const target of targets.filter((one) => !one.startsWith('https://'))) {
      const linked = path.resolve(root, path.dirname(file), target);
      expect(existsSync(linked), `${target} in ${file}`).toBe(true);
      if (linked.endsWith('.png')) expect(statSync(linked).size, target).toBeLessThan(PICTURE_LIMIT_BYTES);
    }
  }
});

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, value]) => value!);
}

function changes(type: string | undefined, index: number, types: readonly (string | undefined)[]): boolean {
  return type !== types[index - 1];
}
