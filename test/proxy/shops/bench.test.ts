import { describe, expect, test } from 'vitest';
import { deskBench } from '../http/admin/desk-bench.ts';
import { shopFiles } from './shop-files.ts';

describe('what may be changed at the desk', () => {
  test('takes words, looks and hours over what the file says, and leaves the rest of it', async () => {
    const bench = deskBench({ theme: { accent: '#0f766e', radius: '8px' }, contact: { email: 'a@pets.example' } });
    const { shop, problems } = await bench.check({
      greeting: { en: 'Hi!', he: 'שלום' },
      'theme.accent': '#112233',
      'contact.phone': '+972 3 555 0100',
    });
    expect(problems).toEqual([]);
    expect(shop).toMatchObject({
      greeting: { en: 'Hi!', he: 'שלום' },
      theme: { accent: '#112233', looks: { radius: '8px' } },
      contact: { email: 'a@pets.example', phone: '+972 3 555 0100' },
      origins: ['https://pets.example'],
    });
  });

  test('null leaves out what the file says, and a contact that then says nothing is none', async () => {
    const bench = deskBench({ contact: { email: 'a@pets.example' }, prompt: 'Be brief.' });
    const { shop } = await bench.check({ 'contact.email': null, prompt: null });
    expect(shop).toMatchObject({ contact: null, prompt: '' });
  });

  test('tells of each problem with its field, all at once', async () => {
    const { shop, problems } = await deskBench().check({
      'theme.accent': 'red; } body { display: none',
      'theme.font': 'x; background: url(https://evil.example)',
      'theme.logo_url': 'javascript:alert(1)',
      greeting: { en: '' },
      prompt: 'x'.repeat(20_001),
      starter_prompts: { klingonish: ['Qapla'] },
      tools: ['no_such_tool'],
    });
    expect(shop).toBeUndefined();
    expect(problems.map(({ field }) => field).toSorted()).toEqual([
      'greeting.en',
      'prompt',
      'starter_prompts.klingonish',
      'theme.accent',
      'theme.font',
      'theme.logo_url',
      'tools',
    ]);
    expect(problems.find(({ field }) => field === 'theme.accent')?.message).toBe('must be a colour such as #0f766e');
  });

  test.for([
    ['model.api_key', 'env:OTHER_KEY'],
    ['model.base_url', 'https://evil.example/v1'],
    ['catalog', { type: 'file', file: '/etc/passwd' }],
    ['contact.deliver', { webhook: { url: 'https://evil.example', secret: 'env:X' } }],
    ['identity.secret', 'env:X'],
    ['slug', 'books'],
    ['__proto__', { origins: ['https://evil.example'] }],
    ['desk', { models: ['gpt-6-terra'] }],
  ] as const)('leaves %s to the file', async ([field, value]) => {
    const changes = JSON.parse(`{${JSON.stringify(field)}:${JSON.stringify(value)}}`) as Record<string, unknown>;
    const { problems } = await deskBench().check(changes);
    expect(problems).toEqual([{ field, message: 'stands in the file alone' }]);
  });

  test('reads no file of the machine for a text of the shop, but keeps one that the shop’s file names', async () => {
    const own = { title: 'Returns', file: 'no-such-file.md' };
    const { problems } = await deskBench().check({ knowledge: [{ title: 'Secrets', file: '/etc/passwd' }] });
    expect(problems).toContainEqual({ field: 'knowledge.0.file', message: 'names a file: write the text itself' });
    const kept = await deskBench({ knowledge: [own] }).check({ knowledge: [own, { title: 'A', text: 'B' }] });
    expect(kept.problems.map(({ message }) => message)).toEqual([expect.stringContaining('there is no file')]);
  });

  test('a limit is never more than the file’s, and none only where the file has none', async () => {
    const bench = deskBench({ limits: { shop: { usd_per_day: 5, tokens_per_day: null } } });
    expect((await bench.check({ 'limits.shop.usd_per_day': 2 })).shop?.limits.shop.usdPerDay).toBe(2);
    expect((await bench.check({ 'limits.shop.tokens_per_day': 1_000 })).shop?.limits.shop.tokensPerDay).toBe(1_000);
    const most = { field: 'limits.shop.usd_per_day', message: 'must be 5 at the most, as shops/pets.json has it' };
    expect((await bench.check({ 'limits.shop.usd_per_day': 6 })).problems).toEqual([most]);
    expect((await bench.check({ 'limits.shop.usd_per_day': null })).problems).toEqual([most]);
  });

  test('a model is one of those that the file names, and brings no price or ability of another', async () => {
    const model = { name: 'gpt-6-luna', prices: { input: 1, output: 2 } };
    const bench = deskBench({ model, desk: { models: ['gpt-6-terra'] } });
    const { shop } = await bench.check({ 'model.name': 'gpt-6-terra' });
    expect(shop?.models.default).toMatchObject({ model: 'gpt-6-terra', prices: null });
    expect((await bench.check({ 'model.name': 'gpt-6-sol-pro' })).problems).toEqual([
      { field: 'model.name', message: 'must be one of gpt-6-luna, gpt-6-terra' },
    ]);
  });
});

describe('what was published, and a file that somebody changes under it', () => {
  test('goes over the file, also at the next start', async () => {
    const files = shopFiles();
    files.write('acme.json', { name: 'Acme', greeting: { en: 'Hello' } });
    const [reading] = await files.read({ desk: new Map([['acme', { greeting: { en: 'Hi!' } }]]) });
    expect(reading).toMatchObject({ problems: [], shop: { name: 'Acme', greeting: { en: 'Hi!' } } });
  });

  test('what no longer goes with it is left out and told, and all the rest is served', async () => {
    const files = shopFiles();
    files.write('acme.json', { name: 'Acme', contact: { email: 'a@acme.example' } });
    const changes = { 'model.name': 'gpt-9', greeting: { en: 'Hi!' }, 'limits.message_length': 9_000 };
    const [reading] = await files.read({ desk: new Map([['acme', changes]]) });
    expect(reading?.shop).toMatchObject({ greeting: { en: 'Hi!' }, limits: { messageLength: 4_000 } });
    expect(reading?.shop?.models.default.model).toBe('gpt-6-luna');
    expect(reading?.problems).toEqual([
      expect.stringMatching(/^shops\/acme\.json: model\.name: isn't served as the desk has it: it must be one of/),
    ]);
  });
});
