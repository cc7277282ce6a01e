import { describe, expect, test } from 'vitest';
import { fileSource } from '../../../proxy/catalog/file.ts';
import { product } from '../../fixtures/products.ts';
import { loopbackWeb } from '../../fakes/loopback-web.ts';
import { serve, sourceOf } from './feed-files.ts';
import { readAll, testSource } from './source-suite.ts';

const json = (...products: unknown[]) => JSON.stringify({ products });
const many = Array.from({ length: 5_000 }, (_, index) => product(index + 1, `Bed ${index}`));
const oddities = [product(1, 'A'), product(2, 'ב', { translations: { he: { title: 'ב' } } })];

testSource('A file of ours', {
  shop: () => sourceOf(json(...oddities), fileSource),
  large: () => sourceOf(json(...many), fileSource),
  broken: () => sourceOf(json(oddities[0], { ...oddities[1], price: 5 }, 7, null, [1], oddities[0]), fileSource),
  cut: () => sourceOf(json(...many).slice(0, -100), fileSource),
});

describe('a file of ours, product by product,', () => {
  const read = async (content: string) => {
    using opened = sourceOf(content, fileSource);
    return await readAll(opened.source);
  };

  test('is read as it is', async () => {
    expect((await read(json(...oddities))).products).toEqual(oddities);
    expect((await read('{"products":[]}')).products).toEqual([]);
  });

  test('goes on after a broken one, and says where and which field', async () => {
    const wrong = product(2, 'B', { availability: 'sometimes' as 'unknown', url: 'javascript:alert(1)' });
    const { products, skipped } = await read(json(oddities[0], wrong, 7, null, 'text', [1], product(3, 'C')));
    expect(products.map(({ title }) => title)).toEqual(['A', 'C']);
    expect(skipped.map(({ item }) => item)).toEqual(['products.1 "B"', ...[2, 3, 4, 5].map((n) => `products.${n}`)]);
    expect(skipped[1]!.reason).toBe('(top): Invalid input: expected object, received number');
    expect(skipped[0]!.reason).toMatch(/^url: must be an http\(s\) URL.*; availability: /);
  });

  test('is left out with every problem and its place', async () => {
    const price = { min: { amount: 1.5, currency: 'ILS' }, max: { amount: 2, currency: 'shekel' } };
    const { skipped } = await read(json(product(1, '', { price }), { ...product(2, 'B'), variants: [] }));
    expect(skipped.map(({ item }) => item)).toEqual(['products.0', 'products.1 "B"']);
    expect(skipped[0]!.reason).toMatch(
      /^title: .*; price\.min\.amount: .*; price\.max\.currency: must be an ISO 4217 code/,
    );
    expect(skipped[1]!.reason).toMatch(/^variants: /);
  });

  test('is left out with a misspelt field: it would be lost without a word', async () => {
    const { skipped } = await read(json({ ...product(1, 'A'), avalability: 'in_stock' }));
    expect(skipped[0]!.reason).toContain('avalability');
  });

  test('may come from a URL', async () => {
    await using server = await serve(json(...oddities));
    expect((await readAll(fileSource({ url: server.url, request: loopbackWeb() }))).products).toEqual(oddities);
  });

  test.each([
    ['a comma too many', '{"products":[\n{},]}', /^feed is not JSON \(line 2, column 4\)/],
    ['an end in the middle', json(...oddities).slice(0, -1), /is not JSON/],
    ['nothing', '', /is not JSON/],
    ['a page', '<html>', /is not JSON/],
    ['a bare list', '[]', /expected \{"products"/],
    ['another key', '{"items":[]}', /expected \{"products"/],
    ['a key beside', '{"products":[],"more":1}', /expected \{"products"/],
    ['no list', '{"products":{}}', /expected \{"products"/],
    ['a product without end', `{"products":["${'x'.repeat(5_000_000)}"]}`, /a product of more than/],
  ])('is refused with %s', async (_, content, words) => {
    expect((await read(content)).error).toMatchObject({ name: 'SourceError', message: expect.stringMatching(words) });
  });
});
