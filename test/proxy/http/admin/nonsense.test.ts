/** What is no value of a field: sent to every route that /openapi.json knows, so that a new one is asked too. */
import { expect, test } from 'vitest';
import { deskRoutes, type ApiDocument } from '../../../fixtures/desk-routes.ts';
import { serveDesk } from './desk.ts';

const NONSENSE = [
  '',
  'nonsense',
  'NaN',
  '-1',
  '1.5',
  '1e99',
  '2026-02-30',
  '[object Object]',
  '\u0000',
  'x'.repeat(2_000),
];
const BODIES = [null, 7, 'text', [], {}, { nonsense: 1 }];
/** How programs talk among themselves. */
const JARGON =
  /NaN|undefined|null|received|expected|Invalid|Too (?:big|small)|Unrecognized|regex|pattern|[<>]=|\[object/;

interface Refused {
  error: { code: string; message: string };
}

function inWords(what: string, { status, body }: { status: number; body: Partial<Refused> | null }): void {
  if (status < 400) return;
  expect(status, what).toBeLessThan(500);
  const { message } = body!.error!;
  // What was sent may be said again.
  expect(message.replaceAll(/"[^"]*"/g, '""'), what).not.toMatch(JARGON);
  expect(message, what).toMatch(/\p{L}{2,} \p{L}/u);
  expect(message.length, what).toBeLessThan(500);
}

test('what nobody can read in a query or a path is refused in words', async () => {
  const desk = await serveDesk();
  const { body: document } = await desk.api<ApiDocument>('GET', '/openapi.json');
  let asked = 0;
  for (const { name, method, url, sent } of deskRoutes(document, 'pets')) {
    const path = name.slice(name.indexOf(' ') + 1);
    const parameters = document.paths[path]![method.toLowerCase()]!.parameters ?? [];
    for (const { name: parameter, in: place } of parameters) {
      for (const value of NONSENSE) {
        const wrong = new URL(url, desk.url);
        if (place === 'query') wrong.searchParams.set(parameter, value);
        else if (value === '' || value === '\u0000') continue;
        else wrong.pathname = path.replace(`{${parameter}}`, encodeURIComponent(value));
        asked += 1;
        const answer = await desk.operator<Partial<Refused>>(
          method,
          `${wrong.pathname.replace('/api/admin', '')}${wrong.search}`,
          { ...sent },
        );
        inWords(`${name} ${parameter}=${value.slice(0, 20)}`, answer);
      }
      if (place !== 'query') continue;
      const twice = await desk.operator<Partial<Refused>>(method, `${url.replace('/api/admin', '')}&${parameter}=a`, {
        ...sent,
      });
      inWords(`${name} ${parameter} twice`, twice);
    }
  }
  expect(asked).toBeGreaterThan(500);
});

test('a body that is none is refused in words, and so is each field of a wrong kind', async () => {
  const desk = await serveDesk();
  const { body: document } = await desk.api<ApiDocument>('GET', '/openapi.json');
  const routes = deskRoutes(document, 'pets').filter(
    ({ sent }) => sent?.headers['content-type'] === 'application/json',
  );
  expect(routes.length).toBeGreaterThan(10);
  for (const { name, method, url, sent } of routes) {
    const example = JSON.parse(sent!.body) as Record<string, unknown>;
    const wrong = Object.keys(example).flatMap((field) => [
      { ...example, [field]: { nonsense: [] } },
      { ...example, [field]: 'x'.repeat(2_000) },
      { ...example, [field]: -1.5 },
      { ...example, [field]: undefined },
    ]);
    for (const json of [...BODIES, ...wrong]) {
      const answer = await desk.operator<Partial<Refused>>(method, url.replace('/api/admin', ''), {
        json: json as object,
      });
      inWords(`${name} ${JSON.stringify(json).slice(0, 80)}`, answer);
    }
  }
});

test('a cursor that is none says what it should be', async () => {
  const desk = await serveDesk();
  for (const path of ['/gaps', '/conversations', '/audit', '/settings/versions']) {
    const { status, body } = await desk.operator<Refused>('GET', `${path}?shop=pets&cursor=nonsense`);
    expect({ path, status, message: body.error.message }).toEqual({
      path,
      status: 400,
      message: 'cursor: must be the next_cursor of another page',
    });
  }
});
