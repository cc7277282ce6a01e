import path from 'node:path';
import { expect, test } from 'vitest';
import { checkCommand } from '../../../proxy/commands/check.ts';
import { knowsPrice } from '../../../proxy/models/pricing.ts';
import { readShops } from '../../../proxy/shops/index.ts';
import { tools } from '../../../proxy/tools/index.ts';

const EXAMPLE = path.resolve(import.meta.dirname, '../../../shops/example');

function read(env: Record<string, string>) {
  return readShops({
    folder: EXAMPLE,
    env,
    upstream: {
      apiKey: 'sk-of-the-house-0123456789',
      baseUrl: 'https://api.openai.com/v1',
      model: 'gpt-6-luna',
      wire: 'responses',
    },
    demoModelUrl: null,
    allowPrivateNetwork: false,
    checkAddress: () => undefined,
    canMail: false,
    toolNames: tools.map(({ name }) => name),
    knowsPrice,
  });
}

const secrets = {
  ACME_MODEL_KEY: 'sk-of-acme-0123456789',
  ACME_IDENTITY_SECRET: 'identity-'.repeat(4),
  ACME_CONTACT_SECRET: 'hook-of-acme-0123456789abcdef',
  ACME_MODERATION_KEY: 'sk-moderation-of-acme',
};

test('the example of the documentation is a good shop, and says what is in force but no secret', async () => {
  const [reading] = await read(secrets);
  expect(reading!.problems).toEqual([]);
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  expect(checkCommand({ shops: [reading!.shop!], problems: [], warnings: [] }, print)).toBe(0);
  const text = said.join('\n');
  for (const part of [
    'Acme Garden (acme), from example/acme.json',
    'https://acme.example, https://www.acme.example',
    'garden-large at https://models.example, $1 in, $5 out for a million tokens (example/acme.json)',
    'luna: 10 % of the visitors, gpt-6-luna at https://api.openai.com',
    '10 dollars a day, 200 dollars a month',
    'cheaper_model, then search, then contact',
    'event, /cart',
    'help@acme.example, +972 3 555 0100, https://acme.example/contact, a form',
    'to the webhook at acme.example',
    'Delivery, Returns',
    "by the shop's secret key, HS256",
    'questions and answers, by omni-moderation-latest at https://api.openai.com; answers go on without a verdict',
    '1 shop is good.',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('!');
  for (const secret of [...Object.values(secrets), 'sk-of-the-house']) expect(text).not.toContain(secret);
});

test('what is wrong and what is risky is told, and the exit code says which', async () => {
  const readings = await read({});
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  expect(checkCommand({ shops: [], problems: readings[0]!.problems, warnings: [] }, print)).toBe(1);
  expect(said).toContain('  example/acme.json: model.api_key: ACME_MODEL_KEY is not set in the environment');
  expect(said).toContain('  example/acme.json: identity.secret: ACME_IDENTITY_SECRET is not set in the environment');

  const { shop } = (await read(secrets))[0]!;
  const { limits, privacy } = shop!;
  const risky = {
    ...shop!,
    origins: [],
    limits: { ...limits, shop: { ...limits.shop, usdPerDay: null, usdPerMonth: null } },
    models: { default: { ...shop!.models.default, prices: null }, cheaper: null, fallback: null, arms: [] },
    privacy: { ...privacy, consent: false },
    retentionDays: 400,
  };
  expect(checkCommand({ shops: [risky], problems: [], warnings: ['SHOP_X does nothing'] }, print)).toBe(0);
  expect(said.filter((line) => line.trim().startsWith('!'))).toHaveLength(6);
});
