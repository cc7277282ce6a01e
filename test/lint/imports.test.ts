/**
 * Who may import whom (docs/architecture.md), asked of the linter itself: in an empty copy of the house a file of every
 * room imports everything there is, and oxlint with our configuration says what it thinks of it.
 */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHouse } from './house.ts';

const protocol = 'proxy/protocol/x.ts';
const deskProtocol = 'proxy/protocol/admin/x.ts';
const chat = 'proxy/chat/x.ts';
const chatContext = 'proxy/chat/context/x.ts';
const models = 'proxy/models/x.ts';
const tools = 'proxy/tools/x.ts';
const catalog = 'proxy/catalog/x.ts';
const knowledge = 'proxy/knowledge/x.ts';
const storage = 'proxy/storage/x.ts';
const shops = 'proxy/shops/x.ts';
const limits = 'proxy/limits/x.ts';
const outbound = 'proxy/outbound/x.ts';
const handoff = 'proxy/handoff/x.ts';
const admin = 'proxy/admin/x.ts';
const newRoom = 'proxy/a-room-of-tomorrow/x.ts';
const http = 'proxy/http/routes/x.ts';
const log = 'proxy/log.ts';
const config = 'proxy/config.ts';
const app = 'proxy/app.ts';
/** What knows the implementations. */
const deps = ['proxy/deps.ts', 'proxy/document-deps.ts', 'proxy/find-shops.ts'];
const commands = 'proxy/commands/x.ts';
const workers = 'proxy/workers/x.ts';
const main = 'proxy/main.ts';
const start = 'proxy/start.js';
const widget = 'widget/components/x.ts';
const sanitize = 'widget/render/sanitize.ts';
const build = 'widget/build/x.ts';
const desk = 'desk/views/x.ts';
const deskBuild = 'desk/build.ts';
const demo = 'demo/model/x.ts';
const tests = 'test/proxy/x.ts';

const proxy = [
  chat,
  chatContext,
  models,
  tools,
  catalog,
  knowledge,
  storage,
  shops,
  limits,
  outbound,
  handoff,
  admin,
  newRoom,
  http,
  log,
  config,
  app,
  ...deps,
  commands,
  workers,
  main,
];
/** Nothing is forbidden to these, and nobody may import them. */
const free = [build, deskBuild, demo, tests];
const places = [protocol, deskProtocol, ...proxy, start, widget, sanitize, desk, ...free];
const typed = places.filter((place) => place.endsWith('.ts'));

/** What is imported → who may. A path belongs to the house, anything else is a package. */
const mayImport: Record<string, string[]> = {
  'proxy/protocol/index.ts': [protocol, deskProtocol, ...proxy, widget, sanitize, desk],
  'proxy/errors.ts': proxy,

  'proxy/models/types.ts': proxy,
  'proxy/tools/types.ts': proxy,
  'proxy/catalog/types.ts': proxy,
  'proxy/knowledge/types.ts': proxy,
  'proxy/storage/types.ts': proxy,
  'proxy/storage/types/usage.ts': [storage, ...deps, commands, workers],
  'proxy/shops/types.ts': proxy,
  'proxy/limits/types.ts': proxy,
  'proxy/outbound/types.ts': proxy,
  'proxy/handoff/types.ts': proxy,

  'proxy/models/index.ts': [models, ...deps, commands, workers],
  'proxy/tools/index.ts': [tools, ...deps, commands, workers],
  'proxy/catalog/index.ts': [catalog, ...deps, commands, workers],
  'proxy/knowledge/index.ts': [knowledge, ...deps, commands, workers],
  'proxy/storage/index.ts': [storage, ...deps, commands, workers],
  'proxy/storage/migrations/index.ts': [storage, ...deps, commands, workers],
  'proxy/shops/index.ts': [shops, ...deps, commands, workers],
  'proxy/limits/index.ts': [limits, ...deps, commands, workers],
  'proxy/outbound/index.ts': [outbound, ...deps, commands, workers],
  'proxy/handoff/index.ts': [handoff, ...deps, commands, workers],
  'proxy/handoff/mail-settings.ts': [handoff, config, ...deps, commands, workers],

  'proxy/chat/turn-runner.ts': [chat, chatContext, http, ...deps],
  'proxy/http/routes/chat.ts': [http, app],
  'proxy/config.ts': [main],
  'proxy/deps.ts': [main],
  'proxy/document-deps.ts': ['proxy/deps.ts', 'proxy/find-shops.ts'],
  'proxy/find-shops.ts': ['proxy/deps.ts', 'proxy/document-deps.ts', main],
  'proxy/app.ts': [main],
  'proxy/main.ts': [start],

  'proxy/http/session-token.ts': [http, app, ...deps],
  'proxy/commands/import.ts': [commands, main],
  'proxy/workers/search.ts': [workers, ...deps],
  'demo/index.ts': [main],
  'demo/model/index.ts': [],
  'demo/catalog/index.ts': [],
  'test/browser.ts': [],
  'widget/state/state.ts': [widget, sanitize],
  'widget/render/markdown.ts': [widget, sanitize, desk],
  'widget/styles/tokens.ts': [widget, sanitize, desk],
  'widget/components/prose.ts': [widget, sanitize, desk],
  'widget/transport/sse.ts': [widget, sanitize, desk],
  'widget/i18n/en.ts': [widget, sanitize, desk],
  'desk/view.ts': [desk],

  hono: [http, app, main],
  'hono/streaming': [http, app, main],
  '@hono/node-server': [http, app, main],
  openai: [models],
  'openai/streaming': [models],
  'better-sqlite3': [storage],
  'node:sqlite': [storage],
  // What isn't asked through outbound/ goes past its guard.
  undici: [outbound],
  nodemailer: [handoff],
  // What takes files of strangers apart does so in one room, in a thread that can be ended.
  unpdf: [knowledge],
  mammoth: [knowledge],
  dompurify: [sanitize],
  lit: [...proxy, widget, sanitize, desk],
  marked: [...proxy, widget, sanitize, desk],
  // Too big for a page, or nothing that could run in one.
  zod: proxy,
  'zod/mini': proxy,
  pino: proxy,
  jose: proxy,
  'node:fs': proxy,
  // The environment and the exit have one door.
  'node:process': [main],
};

/** For types alone a few doors more are open. */
const mayImportTypes: Record<string, string[]> = {
  'proxy/config.ts': proxy.filter((place) => place !== config),
  'proxy/deps.ts': [app, main],
  'proxy/chat/turn-runner.ts': [chat, chatContext, http, ...deps, app],
  'proxy/models/index.ts': [models, ...deps, commands, workers],
  openai: [models],
};

const mayWrite: Record<string, string[]> = {
  "process.env['PORT'];": [main],
  'const { env } = process;': [main],
  'process.exit(1);': [main, start],
  'globalThis.process;': [main],
};

const house = createHouse();
beforeAll(async () => {
  for (const place of places) {
    const lines = Object.keys(mayImport).flatMap((wanted) => statements(place, wanted));
    const types = Object.keys(mayImportTypes).map((wanted) => typeImport(place, wanted));
    house.write(place, [...lines, ...(typed.includes(place) ? types : []), ...Object.keys(mayWrite)]);
  }
  house.write('widget/cycle/here.ts', [`import { there } from './there.ts';`, `export const here = () => there;`]);
  house.write('widget/cycle/there.ts', [`import { here } from './here.ts';`, `export const there = () => here;`]);
  await house.lint();
});
afterAll(() => house.remove());

describe('who may import', () => {
  test.each(Object.entries(mayImport))('%s', (wanted, expected) => {
    // A static import, a dynamic one and a re-export are the same thing.
    for (const way of [0, 1, 2]) {
      expect(whoMay((place) => statements(place, wanted)[way] ?? '', besides(wanted))).toEqual(inOrder(expected));
    }
  });
});

describe('who may import types of', () => {
  test.each(Object.entries(mayImportTypes))('%s', (wanted, expected) => {
    const others = besides(wanted).filter((place) => typed.includes(place));
    expect(whoMay((place) => typeImport(place, wanted), others)).toEqual(inOrder(expected));
  });
});

describe('who may write', () => {
  test.each(Object.entries(mayWrite))('%s', (code, expected) => {
    expect(whoMay(() => code, places)).toEqual(inOrder(expected));
  });
});

test('two files that import each other are refused', () => {
  expect(house.cycles()).toContain('widget/cycle/here.ts');
});

function whoMay(write: (place: string) => string, among: string[]): string[] {
  return among.filter((place) => !house.refuses(place, write(place)));
}

function besides(wanted: string): string[] {
  return places.filter((place) => place !== wanted);
}

function inOrder(expected: string[]): string[] {
  return places.filter((place) => expected.includes(place) || free.includes(place));
}

function statements(place: string, wanted: string): string[] {
  const from = specifier(place, wanted);
  return [`import '${from}';`, `await import('${from}');`, `export * from '${from}';`];
}

function typeImport(place: string, wanted: string): string {
  const name = `Type${Object.keys(mayImportTypes).indexOf(wanted)}`;
  return `import type { ${name} } from '${specifier(place, wanted)}';`;
}

function specifier(place: string, wanted: string): string {
  if (!/^(proxy|widget|desk|demo|test)\//.test(wanted)) return wanted;
  const relative = path.posix.relative(path.posix.dirname(place), wanted);
  return relative.startsWith('.') ? relative : `./${relative}`;
}
