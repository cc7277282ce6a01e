import type { ChatResponse } from '../../../proxy/protocol/index.ts';
import { answer, call, output, type Reply } from '../../fakes/fake-openai.ts';
import { product } from '../../fixtures/products.ts';
import { Clerk, hasToolResults, lastQuestion } from '../clerk.ts';
import type { Findings, GroupOptions } from '../findings.ts';

const BOOKS = 'BOOKS-ONLY-7d1e';
const SEARCH = {
  query: 'bed',
  synonyms: [],
  min_price: null,
  max_price: null,
  in_stock_only: false,
  on_sale_only: false,
  limit: 5,
};
const SHOW = { product_ids: [1], title: null, why: null };

/** Values that are of no use to anybody, and what careless code does with them. JSON texts: some are none in JavaScript. */
const VALUES = [
  'null',
  'true',
  '0',
  '-1',
  '1.5',
  '1e309',
  '-1e309',
  '1e-400',
  '9007199254740993',
  '99999999999999999999',
  '""',
  '" "',
  '"1"',
  '"101"',
  '"1 OR 1=1"',
  `"' UNION SELECT product FROM products--"`,
  '"books"',
  '"../books"',
  '"\\u0000"',
  '"\\ud800"',
  '"\\u202e"',
  '[]',
  '[[]]',
  '[[1]]',
  '{}',
  '{"$ne":null}',
  '{"__proto__":{"shop":"books"}}',
  '{"toString":1}',
  '[null]',
  '[101]',
  '["101"]',
  '[-1]',
  '[1e309]',
  '[1,101,102]',
  '[1.5]',
  '[{"id":101}]',
  `[${Array.from({ length: 10_000 }, (_, id) => id).join()}]`,
  `"${'a'.repeat(1_000_000)}"`,
  `"${'* '.repeat(100_000)}"`,
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
];

const WHOLE = [
  '',
  ' ',
  'null',
  '[]',
  '"x"',
  '1',
  '{',
  '{}',
  '{"a":',
  'undefined',
  '{"__proto__":{"product_ids":[101]}}',
  '{"constructor":{"prototype":{"shop":"books"}}}',
  `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
];

/** Names of tools that aren't there, of ours that a shop may not use, and of what every object has. */
const NAMES = [
  'fetch_url',
  'http_get',
  'run_sql',
  'exec',
  'read_file',
  'send_email',
  'add_to_cart',
  'list_shops',
  'get_secrets',
  'search_products ',
  'SEARCH_PRODUCTS',
  'search_products\u0000',
  'show_products;search_products',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'default',
  '',
  '../search_products',
  'a'.repeat(10_000),
];

interface Attack {
  name: string;
  shop: 'pets' | 'books';
  tool: string;
  /** As the model writes them: often no JSON. */
  args: string;
}

/** A model that wants to break in, or out, by what it writes into tool calls. */
export async function toolArguments(findings: Findings, { size }: GroupOptions): Promise<void> {
  const all = attacks();
  const chosen = size === 'all' ? all : all.filter(({ args }, index) => index % 15 === 0 || args.includes('[101]'));
  /** What came back to the model, by the number of its attack. */
  const told = new Map<number, string>();

  function model({ body }: { body: { input: Record<string, unknown>[] } }): Reply {
    const number = Number(/attack (\d+)!/.exec(lastQuestion(body))?.[1]);
    if (hasToolResults(body)) {
      told.set(number, JSON.stringify(body.input.at(-1)));
      return answer('Done.');
    }
    const { tool, args } = chosen[number]!;
    return output([{ ...call(tool, {}), arguments: args }]);
  }

  const [bed, bowl] = [product(1, 'Bed'), product(2, 'Bowl')];
  const novels = [101, 102].map((id) => product(id, `Novel ${BOOKS}`, { description: BOOKS }));
  await using clerk = await Clerk.open({
    shops: { pets: {}, books: { tools: ['search_products'] } },
    products: { pets: [bed, bowl], books: novels },
    model,
  });
  const tokens = { pets: await clerk.session('pets'), books: await clerk.session('books') };
  const cards = new Map<number, string>();
  for (const { id, title, url, price } of [bed, bowl]) cards.set(id, JSON.stringify([title, url, price]));

  for (const [number, { name, shop, tool }] of chosen.entries()) {
    const { status, body, text } = await clerk.chat(tokens[shop], `attack ${number}!`);
    const { products = [], finish } = (body ?? {}) as Partial<ChatResponse>;
    const result = told.get(number) ?? '';
    const foreign = shop === 'pets' ? text + result : '';
    findings.attempt(`${name}: the neighbour's products`, foreign.includes(BOOKS));
    findings.attempt(`${name}: a tool that the shop may not use`, shop === 'books' && products.length > 0);
    const strange = products.filter(
      ({ id, title, url, price }) => cards.get(id) !== JSON.stringify([title, url, price]),
    );
    findings.attempt(`${name}: a card that is not of the catalogue`, shop === 'pets' && strange.length > 0);
    // `finish` is `error` where the call can't be read at all: a turn that ends and says so.
    findings.attempt(`${name}: the turn broke (${status})`, status !== 200 || finish === undefined);
    findings.attempt(`${name}: the model got ${result.length} characters back`, result.length > 100_000);
    findings.attempt(`${name}: ${tool} told of its inside`, /\bat .*\.ts:\d|SQLITE|node_modules/.test(text + result));
  }
  findings.attempt('a prototype was changed', (await clerk.call('GET', '/api/health')).status !== 200);
  findings.attempt('the proxy died', !clerk.isAlive);
  findings.note = `${chosen.length} tool calls of a hostile model; ids, prices, names, sizes, prototypes`;
}

function attacks(): Attack[] {
  const list: Attack[] = [];
  const add = (name: string, tool: string, args: string, shop: Attack['shop'] = 'pets') =>
    void list.push({ name: `${tool.slice(0, 30)}: ${name.slice(0, 60)}`, shop, tool, args });
  for (const [tool, good] of [
    ['search_products', SEARCH],
    ['show_products', SHOW],
  ] as const) {
    for (const field of Object.keys(good)) {
      for (const value of VALUES) add(`${field}=${value}`, tool, withField(good, field, value));
    }
    for (const field of ['shop', 'shop_id', 'tenant', 'visitor_id', 'url', '__proto__', 'constructor']) {
      add(`one more field, ${field}`, tool, withField(good, field, '"books"'));
    }
    for (const args of WHOLE) add(args, tool, args);
  }
  for (const name of NAMES) add('a tool that is none', name, JSON.stringify({ url: 'http://127.0.0.1/', ...SHOW }));
  // The shop "books" has show_products taken away.
  for (const ids of [[101], [101, 102], [1]]) {
    add(`hidden tool, ${ids.join()}`, 'show_products', JSON.stringify({ ...SHOW, product_ids: ids }), 'books');
  }
  return list;
}

function withField(good: object, field: string, value: string): string {
  const fields = Object.entries(good).filter(([name]) => name !== field);
  return `{${[...fields.map(([name, kept]) => `${JSON.stringify(name)}:${JSON.stringify(kept)}`), `"${field}":${value}`].join()}}`;
}
