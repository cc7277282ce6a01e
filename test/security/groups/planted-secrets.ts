import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { answer, failure, html, type RecordedRequest, type Reply } from '../../fakes/fake-openai.ts';
import { product } from '../../fixtures/products.ts';
import { Clerk, lastQuestion, question } from '../clerk.ts';
import { found, type Planted } from '../secrets.ts';
import type { Findings, GroupOptions } from '../findings.ts';

const PLANTED: Planted[] = [
  { name: 'the API key', secret: 'sk-proj-Zq81+/kPlanted=00aa' },
  { name: "the shop's API key", secret: 'sk-shop-"Yq72\\kPlanted-00bb' },
  { name: 'the session secret', secret: 'session-Xq63-Planted-00cc-long-enough-for-it' },
  { name: 'the older session secret', secret: 'session-Wq54-Planted-00dd-long-enough-for-it' },
  { name: 'the identity secret', secret: 'identity-Vq45&Planted?00ee=long-enough-for-it' },
  { name: 'a password of the machine', secret: 'admin-Uq36-Planted-00ff' },
  { name: 'a token of the machine', secret: 'ghp_Tq27Planted00gg11hh22' },
];
const [API_KEY, SHOP_KEY, SESSION, OLDER, IDENTITY, PASSWORD, MACHINE] = PLANTED.map(({ secret }) => secret) as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
];
const root = path.resolve(import.meta.dirname, '../../..');

/** Every way in which a provider may say our own key back to us. */
function spiteful({ headers, body }: RecordedRequest): Reply {
  const key = String(headers.authorization);
  const which = Number(/fault (\d)/.exec(lastQuestion(body))?.[1]);
  return (
    [
      failure(401, { message: `Incorrect API key provided: ${key}.`, code: 'invalid_api_key' }),
      failure(400, { message: `Bad request with ${key}`, type: 'invalid_request_error', param: key }),
      failure(
        429,
        { message: `Rate limit for ${key}`, code: 'rate_limit_exceeded' },
        { 'retry-after': '0', 'x-key': 'k' },
      ),
      html(502, `Bad gateway ${key}`),
      failure(500, { message: key }),
      { status: 200, headers: { 'content-type': 'text/plain' }, body: [`debug: ${key}`] },
    ][which] ?? answer('Hello')
  );
}

/** Whatever the proxy says, writes or ships is searched for secrets that were planted. */
export async function plantedSecrets(findings: Findings, { size }: GroupOptions): Promise<void> {
  await using clerk = await Clerk.open({
    shops: {
      pets: { identity: { secret: 'env:PETS_IDENTITY' } },
      books: { model: { name: 'gpt-6-luna', api_key: 'env:BOOKS_KEY' } },
    },
    products: { pets: [product(1, 'Bed')] },
    env: {
      OPENAI_API_KEY: API_KEY,
      BOOKS_KEY: SHOP_KEY,
      SESSION_SECRET: `${SESSION},${OLDER}`,
      PETS_IDENTITY: IDENTITY,
      ADMIN_PASSWORD: PASSWORD,
      SHOP_ADMIN_TOKEN: MACHINE,
      GITHUB_TOKEN: MACHINE,
    },
    model: spiteful,
  });
  const search = (where: string, text: string): void => {
    for (const one of PLANTED) {
      const seen = found(text, [one]);
      findings.attempt(`${where}: ${seen.join()}`, seen.length > 0);
    }
  };
  const whole = ({ headers, text }: { headers: object; text: string }) => `${JSON.stringify(headers)}\n${text}`;

  const faults = size === 'all' ? [0, 1, 2, 3, 4, 5, 9] : [0, 9];
  for (const shop of ['pets', 'books']) {
    const token = await clerk.session(shop);
    for (const fault of faults) {
      search(`answer ${fault}`, whole(await clerk.chat(token, `fault ${fault}`)));
      const stream = { token, json: question(`fault ${fault}`) };
      search(`stream ${fault}`, whole(await clerk.call('POST', '/api/chat/stream', stream)));
    }
    search('all threads', whole(await clerk.call('GET', '/api/visitor', { token })));
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE']) {
      for (const at of PATHS) search(`${method} ${at}`, whole(await clerk.call(method, at, { token })));
    }
    const wrong = { headers: { 'content-type': 'application/json' }, body: '{"shop":' };
    search('an error', whole(await clerk.call('POST', '/api/session', wrong)));
    search(
      'a refused identity',
      whole(await clerk.call('POST', '/api/session', { json: { shop, identity: IDENTITY } })),
    );
  }

  // A bad edit, a reload and an end, with the secrets at hand: what is said of them is in the output.
  clerk.writeShop('books', { model: { name: 'gpt-6-luna', api_key: SHOP_KEY } });
  clerk.signal('SIGHUP');
  for (let tries = 0; tries < 100 && !/stay as they were/.test(clerk.output); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  search('health with a bad shop', whole(await clerk.call('GET', '/api/health')));
  search('`shop-clerk check`, a bad shop', await check(clerk));
  clerk.writeShop('books', { model: { name: 'gpt-6-luna', api_key: 'env:BOOKS_KEY' } });
  search('`shop-clerk check`', await check(clerk));
  await clerk.end('SIGTERM');
  if (!clerk.output.includes('failed')) throw new Error('Nothing was logged: the search of the log shows nothing.');
  for (const line of clerk.output.split('\n')) if (line !== '') search(`log: ${line.slice(0, 200)}`, line);

  const file = path.join(clerk.dir.path, 'data/shop-clerk.sqlite');
  for (const [table, dump] of dumped(file)) search(`table ${table}`, dump);
  search('the database, byte for byte', readFileSync(file, 'latin1'));
  for (const [name, text] of built()) search(name, text);
  findings.note = `${PLANTED.length} secrets in 13 forms: answers, streams, log, health, check, database, bundle`;
}

const PATHS = [
  '/',
  '/api/health',
  '/api/shops/pets',
  '/api/shops/books',
  '/api/session',
  '/api/threads',
  '/api/none',
  '/.env',
  '/data/session-secret',
  '/shops/pets.json',
  '/..%2f.env',
  '/widget/..%2f..%2f.env',
  '/widget.js.map',
  '/package.json',
];

/** What the owner reads of the same settings. */
async function check(clerk: Clerk): Promise<string> {
  const child = spawn(process.execPath, [path.join(root, 'proxy/start.js'), 'check'], {
    cwd: clerk.dir.path,
    env: clerk.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  await once(child, 'close');
  if (!text.includes('pets')) throw new Error(`\`shop-clerk check\` said nothing of the shop: ${text}`);
  return text;
}

function dumped(file: string): [string, string][] {
  const db = new Database(file, { readonly: true });
  try {
    const tables = db.prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.map(({ name }) => [name, JSON.stringify(db.prepare(`SELECT * FROM "${name}"`).all())]);
  } finally {
    db.close();
  }
}

/** The widget as it is shipped, source maps and compressed files too; nothing where it has not been built. */
function built(): [string, string][] {
  const dist = path.join(root, 'dist');
  if (!existsSync(dist)) return [];
  const unpack: Record<string, (bytes: Buffer) => Buffer> = { '.br': brotliDecompressSync, '.gz': gunzipSync };
  return readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const bytes = readFileSync(path.join(parentPath, name));
      return [`dist: ${name}`, (unpack[path.extname(name)] ?? ((same) => same))(bytes).toString()];
    });
}
