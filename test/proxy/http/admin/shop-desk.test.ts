import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CatalogSource } from '../../../../proxy/catalog/types.ts';
import type { CatalogueSearch, CatalogueStatus, DeskHealth, Install } from '../../../../proxy/protocol/admin/index.ts';
import { tempDir } from '../../../temp-dir.ts';
import { products } from '../../chat/workshop.ts';
import { serveDesk } from './desk.ts';

describe('the catalogue', () => {
  test('tells its source without secrets, its counts, and how far a sync is that was begun here', async () => {
    let goOn = (): void => undefined;
    let reads = 0;
    const source = (): CatalogSource => ({
      name: 'test',
      async *products() {
        // The first one fills the shops before they are served.
        if (++reads > 2) await new Promise<void>((resolve) => (goOn = resolve));
        yield* products;
      },
    });
    const url = 'https://user:pass@pets.example/feed.xml?token=secret';
    const desk = await serveDesk({ source, pets: { catalog: { type: 'google_feed', url, everyMinutes: 30 } } });
    const look = async () => (await desk.operator<CatalogueStatus>('GET', '/catalogue?shop=pets')).body;
    expect(await look()).toMatchObject({
      source: { type: 'google_feed', place: 'https://pets.example/feed.xml?…', every_minutes: 30, webhook: false },
      products: products.length,
      error: null,
      running: null,
    });
    const begun = await desk.operator<CatalogueStatus>('POST', '/catalogue/sync?shop=pets', { json: { full: true } });
    expect(begun).toMatchObject({ status: 202, body: { running: { read: 0 } } });
    const again = await desk.operator('POST', '/catalogue/sync?shop=pets', { json: {} });
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'sync_running' } } });
    await expect.poll(() => reads).toBe(3);
    goOn();
    await expect.poll(async () => (await look()).running).toBeNull();
    expect((await look()).last).toMatchObject({ status: 'skipped', error: null });
  });

  test('that can’t be read says why, and keeps its products', async () => {
    let fails = false;
    const source = (): CatalogSource => ({
      name: 'test',
      async *products() {
        if (fails) throw new Error('The shop answered 503.');
        yield* products;
      },
    });
    const desk = await serveDesk({ source });
    fails = true;
    await desk.operator('POST', '/catalogue/sync?shop=pets', { json: { full: true } });
    const look = async () => (await desk.operator<CatalogueStatus>('GET', '/catalogue?shop=pets')).body;
    await expect.poll(async () => (await look()).last?.status).toBe('failed');
    expect(await look()).toMatchObject({ error: 'The shop answered 503.', products: products.length });
  });

  test('a search shows what the model would be told, and the cards', async () => {
    const desk = await serveDesk();
    const title = products[0]!.title.split(' ')[0]!;
    const { body } = await desk.operator<CatalogueSearch>('GET', `/catalogue/search?shop=pets&q=${title}`);
    expect(body.output).toMatchObject({ found: body.found, products: expect.any(Array) });
    expect(body.products).toHaveLength(body.found);
    expect(body.products[0]).toMatchObject({ price: expect.stringMatching(/^\d+\.\d\d [A-Z]{3}/) });
    const none = await desk.operator<CatalogueSearch>('GET', '/catalogue/search?shop=pets&q=zzzzzz');
    expect(none.body).toMatchObject({ found: 0, products: [] });
  });
});

describe('installing', () => {
  test('gives the tag whose file never changes with the hash of what is served', async () => {
    using dir = tempDir();
    mkdirSync(dir.file('v0.0.0'));
    for (const name of ['widget.js', 'v0.0.0/widget.js']) writeFileSync(dir.file(name), 'loader()');
    const desk = await serveDesk({ distDir: dir.path });
    const { body } = await desk.operator<Install>('GET', '/install?shop=pets');
    const hash = `sha384-${createHash('sha384')
      .update(readFileSync(dir.file('v0.0.0/widget.js')))
      .digest('base64')}`;
    expect(body.tags.pinned?.html).toBe(
      `<script src="${desk.url}/v0.0.0/widget.js" integrity="${hash}" crossorigin="anonymous" defer data-shop="pets"></script>`,
    );
    expect(body.tags.following?.html).toBe(`<script src="${desk.url}/widget.js" defer data-shop="pets"></script>`);
    const served = await fetch(body.tags.pinned!.src);
    expect(
      `sha384-${createHash('sha384')
        .update(await served.text())
        .digest('base64')}`,
    ).toBe(hash);
    expect(body).toMatchObject({ origins: ['https://pets.example'], origins_editable: true });
    expect(body.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'built ok',
      'https warning',
      'origins ok',
      'catalogue ok',
      'model ok',
    ]);
  });

  test('says what is missing', async () => {
    using dir = tempDir();
    const desk = await serveDesk({ distDir: dir.path, pets: { origins: [] } });
    const { call } = await desk.owner();
    const { body } = await call<Install>('GET', '/install?shop=pets');
    expect(body).toMatchObject({ tags: { pinned: null, following: null }, origins_editable: false });
    expect(body.checks.filter(({ status }) => status === 'error').map(({ name }) => name)).toEqual([
      'built',
      'origins',
    ]);
    expect(body.checks[2]!.message).toContain('your operator adds its address');
    expect(JSON.stringify(body.checks)).not.toContain('`');
  });

  test('names the addresses that pictures come from, while they are few', async () => {
    const policyOf = async (hosts: readonly string[]) => {
      const [first] = products;
      const images = hosts.map((host) => ({ url: `https://${host}/1.jpg` }));
      const variant = { ...first!.variants[0]!, image: { url: 'https://variants.example/1.jpg' } };
      const pictured = { ...first!, images, variants: hosts.length > 0 ? [variant] : [] };
      const source = (): CatalogSource => ({
        name: 'test',
        async *products() {
          yield pictured;
        },
      });
      const desk = await serveDesk({ source });
      return (await desk.operator<Install>('GET', '/install?shop=pets')).body.csp[2];
    };
    expect(await policyOf(['a.example', 'a.example', 'b.example'])).toMatchObject({
      directive: 'img-src',
      sources: ['https://a.example', 'https://b.example', 'https://variants.example', 'data:'],
      note: expect.stringContaining('copy this line anew'),
    });
    const many = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}.example`);
    expect(await policyOf(many)).toMatchObject({
      sources: ['https:', 'data:'],
      note: expect.stringContaining('7 addresses'),
    });
    expect(await policyOf([])).toMatchObject({ sources: ['https:', 'data:'] });
  });
});

describe('health', () => {
  test('tells owners of their shops, and operators of the machine too', async () => {
    const circuit = { model: 'test-model', state: 'open', since: 0, lastError: 'model_unavailable' } as const;
    const desk = await serveDesk({ circuits: [circuit] });
    const { call } = await desk.owner();
    const { body: mine } = await call<DeskHealth>('GET', '/health');
    expect(mine.shops).toMatchObject([{ shop: 'pets', products: products.length, models: [{ circuit: 'open' }] }]);
    expect(mine).toMatchObject({ status: 'error', storage: null });
    expect(mine.checks[0]).toMatchObject({ kind: 'circuit', shop: 'pets', status: 'error' });
    const { body: all } = await desk.operator<DeskHealth>('GET', '/health');
    expect(all.shops.map(({ shop }) => shop)).toEqual(['pets', 'books']);
    expect(all.storage!.database_bytes).toBeGreaterThan(0);
  });
});
