import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { secretsOf, unknownVariables, type ReadShopsOptions } from '../../../proxy/shops/index.ts';
import { shopFiles } from './shop-files.ts';

/** What is said of one file, without its name. */
async function said(values: object, changes: Partial<ReadShopsOptions> = {}): Promise<string[]> {
  const shops = shopFiles();
  shops.write('acme.json', values);
  const [reading] = await shops.read(changes);
  return reading!.problems.map((problem) => problem.replace(/^shops\/acme\.json: /, ''));
}

async function shopOf(values: object, changes: Partial<ReadShopsOptions> = {}) {
  const shops = shopFiles();
  shops.write('acme.json', values);
  const [reading] = await shops.read(changes);
  expect(reading!.problems).toEqual([]);
  return { shop: reading!.shop!, files: shops };
}

describe('a shop in a file', () => {
  test('needs no more than a catalogue', async () => {
    const { shop, files } = await shopOf({});
    expect(shop).toMatchObject({
      slug: 'acme',
      name: 'Acme',
      settings: 'shops/acme.json',
      locale: 'en',
      origins: [],
      tools: ['search_products', 'show_products'],
      catalog: { type: 'file', file: files.dir.file('catalog.json') },
      models: { default: { model: 'gpt-6-luna', baseUrl: 'https://api.openai.com/v1', guarded: false }, cheaper: null },
      limits: {
        visitor: { messagesPerMinute: 10, turnsAtOnce: 2, tokensPerDay: 500_000, usdPerDay: null, usdPerMonth: null },
        address: { messagesPerMinute: 30, turnsAtOnce: 6, tokensPerDay: 2_000_000 },
        shop: { messagesPerMinute: 600, turnsAtOnce: 200, tokensPerDay: 20_000_000 },
        threadsPerVisitor: 100,
        messagesPerThread: 200,
        messageLength: 4_000,
        whenSpent: ['search'],
      },
      contact: null,
      retentionDays: 30,
      privacy: { consent: false, disclosure: true, mask: [] },
      identity: null,
      topicGuard: true,
    });
  });

  test('is told of everything that is wrong with it at once, each with its path', async () => {
    const wrong = {
      limits: { shop: { usd_per_day: 'five', tokens_per_day: 0 }, visitors: {} },
      greting: {},
      theme: { colour_scheme: 'dark' },
      origins: ['https://acme.example/'],
      tools: ['search_product'],
      contact: {},
      identity: { secret: 'env:NOT_SET' },
      languages: ['en', 'klingon language', 'hebrew'],
    };
    expect((await said(wrong)).sort()).toEqual([
      'contact: needs an "email", a "phone", a "url" or the "form"',
      'greting: is no setting; did you mean "greeting"?',
      'identity.secret: NOT_SET is not set in the environment',
      'languages.1: must be a language tag, such as en or he',
      'languages.2: must be a language tag, such as en or he',
      'limits.shop.tokens_per_day: must be a number above 0',
      'limits.shop.usd_per_day: must be a number',
      'limits.visitors: is no setting; did you mean "visitor"?',
      'origins.0: "https://acme.example/" is no origin; write scheme, host and port only, such as https://shop.example',
      'theme.colour_scheme: is no setting; did you mean "color_scheme"?',
      'tools: there is no tool "search_product"; did you mean search_products?',
    ]);
  });

  test('keeps its secrets out of its file, and out of what is said of it', async () => {
    const literal = 'sk-literal-key-0123456789';
    const problems = await said({ model: { api_key: literal }, identity: { secret: literal } });
    expect(problems).toEqual([
      'model.api_key: is a secret: write env:NAME here and set NAME in the environment',
      'identity.secret: is a secret: write env:NAME here and set NAME in the environment',
    ]);
    const shops = shopFiles();
    shops.writeText('a.json', `{"model": {"api_key": "${literal}" "name": 1}}`);
    shops.writeText('b.json', `{"api_key": ${literal}}`);
    const readings = await shops.read();
    expect(readings.map(({ problems }) => problems.length)).toEqual([1, 1]);
    expect(JSON.stringify(readings)).not.toContain(literal.slice(0, 9));
  });

  test('takes its key from the environment, and shows it to nobody', async () => {
    const { shop } = await shopOf({ model: { api_key: 'env:ACME_KEY' } }, { env: { ACME_KEY: 'sk-acme' } });
    expect(shop.models.default.apiKey.reveal()).toBe('sk-acme');
    expect(`${inspect(shop, { depth: 9 })}${JSON.stringify(shop)}`).not.toContain('sk-acme');
  });

  test('may have a model server of its own, by https and with a key of its own', async () => {
    expect(await said({ model: { base_url: 'http://models.example/v1' } })).toEqual([
      'model.base_url: must begin with https; ALLOW_PRIVATE_NETWORK=true lets http pass in development',
      'model.api_key: is missing: a server of its own needs a key of its own',
    ]);
    const inside = { model: { base_url: 'https://10.0.0.5/v1', api_key: 'env:KEY' } };
    expect(await said(inside, { env: { KEY: 'sk-own-0123456789' } })).toEqual(['model.base_url: leads inside']);
    const own = { model: { base_url: 'http://127.0.0.1/v1', api_key: 'env:KEY', name: 'own' } };
    const { shop } = await shopOf(own, { env: { KEY: 'k' }, allowPrivateNetwork: true });
    expect(shop.models.default).toMatchObject({ model: 'own', baseUrl: 'http://127.0.0.1/v1', guarded: true });
  });

  test('says how its model is spoken to, and what it takes; a server of its own is no business of the house', async () => {
    const upstream = { apiKey: 'k', baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen', wire: 'chat' as const };
    expect((await shopOf({}, { upstream })).shop.models.default).toMatchObject({ wire: 'chat' });
    const own = { base_url: 'https://models.example/v1', api_key: 'env:KEY', name: 'own' };
    const env = { KEY: 'sk-own-0123456789' };
    expect((await shopOf({ model: own }, { upstream, env })).shop.models.default).toMatchObject({ wire: 'responses' });
    const capabilities = { reasoning_efforts: ['low'], max_tokens_field: 'max_tokens', thinks_first: true };
    const model = { ...own, wire: 'chat', reasoning_effort: 'low', temperature: 0.3, capabilities };
    expect((await shopOf({ model }, { env })).shop.models.default).toMatchObject({
      wire: 'chat',
      reasoningEffort: 'low',
      temperature: 0.3,
      capabilities: { reasoningEfforts: ['low'], maxTokensField: 'max_tokens', thinksFirst: true },
    });
    expect(await said({ model: { wire: 'chats', capabilities: { strict: true } } })).toEqual([
      'model.wire: must be one of responses, chat; did you mean chat?',
      expect.stringMatching(/^model\.capabilities\.strict: is no setting/),
    ]);
  });

  test('may be limited in money only when the price of its models is known', async () => {
    const limits = { shop: { usd_per_day: 5 } };
    expect(await said({ limits, model: { name: 'mystery' } })).toEqual([
      `model: nobody knows what mystery costs, so limits.shop.usd_per_day can't be kept: give its "prices"`,
    ]);
    const { shop } = await shopOf({ limits, model: { name: 'mystery', prices: { input: 1, output: 2 } } });
    expect(shop.models.default.prices).toEqual({
      input: 1,
      cachedInput: 1,
      cacheWrite: 1,
      output: 2,
      source: 'shops/acme.json',
    });
    await shopOf({ limits });
  });

  test('may name a fallback, which needs a name, and a price where money is limited', async () => {
    const { shop } = await shopOf({ fallback_model: { name: 'gpt-6-sol' } });
    expect(shop.models.fallback).toMatchObject({ model: 'gpt-6-sol', baseUrl: shop.models.default.baseUrl });
    expect((await shopOf({})).shop.models.fallback).toBeNull();
    expect(await said({ limits: { shop: { usd_per_day: 5 } }, fallback_model: { name: 'mystery' } })).toEqual([
      `fallback_model: nobody knows what mystery costs, so limits.shop.usd_per_day can't be kept: give its "prices"`,
    ]);
  });

  test('may test models against each other, each with a name, a weight, a key and a price of its own', async () => {
    const terra = {
      name: 'gpt-6-terra',
      base_url: 'https://models.example/v1',
      api_key: 'env:KEY',
      prices: { input: 1, output: 2 },
    };
    const arms = [
      { name: 'luna', weight: 9, model: { name: 'gpt-6-luna' } },
      { name: 'terra', model: terra },
    ];
    const { shop } = await shopOf({ model_test: { arms } }, { env: { KEY: 'sk-arm-0123456789' } });
    expect(shop.models.arms).toMatchObject([
      { name: 'luna', weight: 9, model: { model: 'gpt-6-luna', guarded: false } },
      { name: 'terra', weight: 1, model: { model: 'gpt-6-terra', guarded: true } },
    ]);
    expect(secretsOf(shop)).toContain('sk-arm-0123456789');
    expect((await shopOf({})).shop.models.arms).toEqual([]);
  });

  test('is told what is wrong with a test of models', async () => {
    const arm = (name: string, rest: object = {}) => ({ name, model: { name: 'gpt-6-luna' }, ...rest });
    expect(await said({ model_test: { arms: [arm('a')] } })).toEqual([expect.stringMatching(/^model_test\.arms: /)]);
    expect(await said({ model_test: { arms: [arm('a'), arm('a')] } })).toEqual([
      'model_test.arms: has two arms of the same name',
    ]);
    expect(
      (await said({ model_test: { arms: [arm('A'), arm('b', { weight: 0 }), arm('c', { model: {} })] } })).sort(),
    ).toEqual([
      'model_test.arms.0.name: must be lower-case letters, digits, "-" and "_", such as terra',
      expect.stringMatching(/^model_test\.arms\.1\.weight: /),
      expect.stringMatching(/^model_test\.arms\.2\.model\.name: /),
    ]);
    const unknown = [arm('a'), arm('b', { model: { name: 'mystery' } })];
    expect(await said({ limits: { shop: { usd_per_day: 5 } }, model_test: { arms: unknown } })).toEqual([
      `model_test.arms.1.model: nobody knows what mystery costs, so limits.shop.usd_per_day can't be kept: give its "prices"`,
    ]);
    const keyless = [arm('a'), arm('c', { model: { name: 'gpt-6-luna', api_key: 'env:NOT_SET' } })];
    expect(await said({ model_test: { arms: keyless } })).toEqual([
      'model_test.arms.1.model.api_key: NOT_SET is not set in the environment',
    ]);
  });

  test('chooses what happens when its money is gone among what it has', async () => {
    expect(await said({ limits: { when_spent: ['cheaper_model', 'contact'] } })).toEqual([
      'limits.when_spent: names cheaper_model, but there is no "cheaper_model"',
      'limits.when_spent: names contact, but there is no "contact"',
    ]);
    const { shop } = await shopOf({ contact: { email: 'help@acme.example' } });
    expect(shop.limits.whenSpent).toEqual(['search', 'contact']);
  });

  test('reads its knowledge from files beside it, up to a bound', async () => {
    const shops = shopFiles();
    shops.writeText('delivery.md', 'Two days.\n');
    shops.write('acme.json', {
      knowledge: [
        { title: 'Delivery', file: 'delivery.md' },
        { title: 'Returns', text: '30 days.' },
      ],
    });
    expect((await shops.read())[0]!.shop!.knowledge).toEqual([
      { title: 'Delivery', text: 'Two days.' },
      { title: 'Returns', text: '30 days.' },
    ]);
    expect(
      await said({
        knowledge: [
          { title: 'x', text: 'x'.repeat(12_000) },
          { title: 'y', text: 'y'.repeat(12_000) },
        ],
      }),
    ).toEqual([expect.stringMatching(/^knowledge: is 25 kB long, 20 kB are the most/)]);
    expect(await said({ knowledge: [{ title: 'x', file: 'gone.md' }] })).toEqual([
      expect.stringMatching(/^knowledge\.0\.file: there is no file \S+gone\.md$/),
    ]);
  });

  test('of two with one slug neither is good, and both are named', async () => {
    const shops = shopFiles();
    shops.write('a.json', { slug: 'same' });
    shops.write('b.json', { slug: 'same' });
    const readings = await shops.read();
    expect(readings.map(({ shop }) => shop)).toEqual([undefined, undefined]);
    expect(readings.flatMap(({ problems }) => problems)).toEqual([
      'shops/a.json: slug: "same" is the slug of shops/b.json as well',
      'shops/b.json: slug: "same" is the slug of shops/a.json as well',
    ]);
  });
});

describe('the key of a shop that knows its shoppers', () => {
  const pem = (type: 'rsa' | 'ec' | 'ed25519', options: object = {}) =>
    generateKeyPairSync(type as 'rsa', {
      ...(options as { modulusLength: number }),
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });

  test('decides the algorithms', async () => {
    const secret = { KEY: 's'.repeat(32) };
    const kinds: [object, string[]][] = [
      [{ secret: 'env:KEY' }, ['HS256', 'HS384', 'HS512']],
      [{ public_key: pem('ec', { namedCurve: 'P-256' }).publicKey }, ['ES256']],
      [{ public_key: pem('ed25519').publicKey }, ['EdDSA', 'Ed25519']],
      [{ public_key: pem('rsa', { modulusLength: 2_048 }).publicKey, algorithms: ['RS256'] }, ['RS256']],
    ];
    for (const [identity, algorithms] of kinds) {
      expect((await shopOf({ identity }, { env: secret })).shop.identity?.algorithms).toEqual(algorithms);
    }
  });

  test('is refused when it is weak, private, or does not go with the algorithms', async () => {
    const { publicKey, privateKey } = pem('ec', { namedCurve: 'P-256' });
    const refused: [object, RegExp][] = [
      [{ secret: 'env:SHORT' }, /must have at least 32 characters/],
      [{ public_key: privateKey }, /is a private key/],
      [{ public_key: publicKey, algorithms: ['HS256'] }, /does not go with the algorithm HS256; it goes with ES256/],
      [{ public_key: pem('rsa', { modulusLength: 1_024 }).publicKey }, /needs at least 2048 bits/],
      [{ public_key: '-----BEGIN PUBLIC KEY-----\nnonsense' }, /is no public key/],
      [{ public_key: publicKey, secret: 'env:SHORT' }, /needs either "secret" or "public_key"/],
    ];
    for (const [identity, message] of refused) {
      expect(await said({ identity }, { env: { SHORT: 'short' } })).toEqual([expect.stringMatching(message)]);
    }
  });
});

describe('moderation', () => {
  test('is off unless it is asked for', async () => {
    expect((await shopOf({})).shop.moderation).toBeNull();
    expect((await shopOf({ moderation: false })).shop.moderation).toBeNull();
  });

  test("is that of the shop's own model where it is OpenAI's, with its key", async () => {
    expect((await shopOf({ moderation: true })).shop.moderation).toMatchObject({ input: true, output: true });
    const { shop } = await shopOf({ moderation: {} });
    expect(shop.moderation).toMatchObject({
      input: true,
      output: true,
      required: false,
      model: 'omni-moderation-latest',
      baseUrl: 'https://api.openai.com/v1',
      guarded: false,
    });
    expect(shop.moderation!.apiKey.reveal()).toBe('sk-of-the-house');
  });

  test('may be at a server of its own, with a key of its own', async () => {
    const moderation = { output: false, base_url: 'https://eu.api.openai.com/v1', api_key: 'env:KEY' };
    const { shop } = await shopOf({ moderation }, { env: { KEY: 'sk-own' } });
    expect(shop.moderation).toMatchObject({ output: false, baseUrl: 'https://eu.api.openai.com/v1', guarded: true });
    expect(shop.moderation!.apiKey.reveal()).toBe('sk-own');
    expect(await said({ moderation: { base_url: 'https://10.0.0.5/v1' } })).toEqual([
      'moderation.base_url: leads inside',
      'moderation.api_key: is missing: a server of its own needs a key of its own',
    ]);
  });

  test('is refused where nobody moderates, and where it would moderate nothing', async () => {
    const upstream = { apiKey: 'k', baseUrl: 'http://127.0.0.1:11434/v1', model: 'qwen', wire: 'chat' as const };
    expect(await said({ moderation: {} }, { upstream })).toEqual([
      expect.stringMatching(/^moderation: is on, but nobody knows whether 127\.0\.0\.1 moderates: it needs/),
    ]);
    const demo = { upstream: { ...upstream, apiKey: null }, demoModelUrl: 'http://127.0.0.1:1/v1' };
    expect(await said({ moderation: {} }, demo)).toEqual([
      expect.stringMatching(/^moderation: is on, but the demo model moderates nothing/),
    ]);
    expect(await said({ moderation: { input: false, output: false } })).toEqual([
      'moderation: moderates neither "input" nor "output": leave it out',
    ]);
  });
});

describe('the one shop of the environment', () => {
  const read = (env: Record<string, string>) => {
    const shops = shopFiles();
    return shops.read({ env: { CATALOG_FILE: shops.dir.file('catalog.json'), ...env } });
  };

  test('says the same in variables', async () => {
    const [reading] = await read({
      SHOP_SLUG: 'acme',
      SHOP_LOCALE: 'he',
      SHOP_LANGUAGES: 'en, he',
      SHOP_GREETING: 'שלום',
      SHOP_ORIGINS: 'https://acme.example, http://localhost:3000',
      SHOP_BUDGET_USD_PER_DAY: '2.5',
      SHOP_LIMIT_VISITOR_TOKENS_PER_DAY: 'none',
      SHOP_CHEAPER_MODEL: 'gpt-6-mini',
      SHOP_WHEN_SPENT: 'cheaper_model,contact',
      SHOP_CONTACT_PHONE: '+972 3 555 0100',
      SHOP_CONSENT: 'true',
      SHOP_MASK: 'email,card',
      SHOP_MODERATION: 'true',
      SHOP_RETENTION_DAYS: '7',
      MAX_MESSAGE_LENGTH: '500',
    });
    expect(reading).toMatchObject({
      settings: 'the environment',
      problems: [],
      shop: {
        slug: 'acme',
        locale: 'he',
        locales: ['he', 'en'],
        greeting: { he: 'שלום' },
        origins: ['https://acme.example', 'http://localhost:3000'],
        models: { cheaper: { model: 'gpt-6-mini' } },
        limits: {
          visitor: { tokensPerDay: null, messagesPerMinute: 10 },
          shop: { usdPerDay: 2.5 },
          messageLength: 500,
          whenSpent: ['cheaper_model', 'contact'],
        },
        contact: { phone: '+972 3 555 0100', form: true },
        privacy: { consent: true, mask: ['email', 'card'] },
        moderation: { input: true, output: true, required: false },
        retentionDays: 7,
      },
    });
  });

  test('is told of its problems by the names of the variables', async () => {
    const [reading] = await read({
      SHOP_ORIGINS: 'https://acme.example/, *',
      SHOP_ACCENT: 'green',
      SHOP_SLUG: 'My Shop',
      SHOP_BUDGET_USD_PER_MONTH: 'much',
      SHOP_WHEN_SPENT: 'contact',
      SHOP_CONSENT: 'maybe',
      SHOP_CONTACT_EMAIL: 'nobody',
      CATALOG_FILE: 'nowhere.json',
    });
    const names = reading!.problems.map((problem) => problem.split(' ')[0]!).toSorted();
    expect(names).toEqual([
      'CATALOG_FILE',
      'SHOP_ACCENT',
      'SHOP_BUDGET_USD_PER_MONTH',
      'SHOP_CONSENT',
      'SHOP_CONTACT_EMAIL',
      'SHOP_ORIGINS',
      'SHOP_ORIGINS',
      'SHOP_SLUG',
    ]);
  });

  test('is not there without a catalogue', async () => {
    expect(await read({ CATALOG_FILE: '', SHOP_SLUG: 'acme' })).toEqual([]);
  });

  test('has no model in production without a key', async () => {
    const shops = shopFiles();
    const env = { CATALOG_FILE: shops.dir.file('catalog.json') };
    const upstream = {
      apiKey: null,
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-6-luna',
      wire: 'responses' as const,
    };
    const problems = async (demoModelUrl: string | null) =>
      (await shops.read({ env, upstream, demoModelUrl }))[0]!.problems;
    expect(await problems(null)).toEqual([expect.stringMatching(/^OPENAI_API_KEY is not set\. In production/)]);
    expect(await problems('http://127.0.0.1:9/v1')).toEqual([]);
  });
});

test('variables that nobody reads are pointed out when they look like ours', () => {
  const env = { SHOP_GRETING: 'x', SHOP_FAVOURITE: 'x', LOGLEVEL: 'x', LOG_LEVL: 'x', HOME_DIR: 'x', SHOP_KEY: 'x' };
  expect(unknownVariables(env, ['LOG_LEVEL', 'SHOP_KEY'])).toEqual([
    'SHOP_GRETING is no setting and does nothing; did you mean SHOP_GREETING?',
    'SHOP_FAVOURITE is no setting and does nothing.',
    'LOG_LEVL is no setting and does nothing; did you mean LOG_LEVEL?',
  ]);
});
