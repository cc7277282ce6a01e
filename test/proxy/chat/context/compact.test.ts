import { describe, expect, test } from 'vitest';
import { askedAgain, compactRounds } from '../../../../proxy/chat/context/compact.ts';
import { fence } from '../../../../proxy/chat/context/fence.ts';
import { tokensOf } from '../../../../proxy/chat/context/history.ts';
import { ToldFacts } from '../../../../proxy/chat/context/told-facts.ts';
import type { ModelItem } from '../../../../proxy/models/types.ts';
import { unfenced } from '../workshop.ts';

const bed = (id: number) => ({
  id,
  title: `Dog bed ${id}`,
  price: '249.00',
  availability: 'in_stock',
  categories: ['Dogs', 'Beds'],
  description: 'Soft and warm. '.repeat(20),
});
const found = (...ids: number[]) => ({ products: ids.map(bed), found: ids.length, narrow_by: { brands: { A: 1 } } });
const result = (callId: string, output: unknown): ModelItem => ({ type: 'tool_result', callId, output: fence(output) });
const call = (callId: string): ModelItem => ({ type: 'tool_call', callId, name: 'search_products', arguments: '{}' });
const sum = (rounds: readonly (readonly ModelItem[])[]) => rounds.reduce((all, items) => all + tokensOf(items), 0);

describe('outputs of this turn that there is no room for', () => {
  const rounds = [
    [call('a'), result('a', found(1, 2, 3))],
    [call('b'), result('b', found(4, 5, 6))],
  ];

  test('stay as they are while there is', () => {
    expect(compactRounds(rounds, sum(rounds))).toEqual(rounds);
  });

  test('are told in fewer words, the oldest first, with ids, titles and prices', () => {
    const [first, second] = compactRounds(rounds, sum(rounds) - 1);
    expect(second).toEqual(rounds[1]);
    expect(first![0]).toEqual(rounds[0]![0]);
    expect(unfenced(first![1]!)).toEqual({
      products: [1, 2, 3].map((id) => ({ id, title: `Dog bed ${id}`, price: '249.00', availability: 'in_stock' })),
      found: 3,
    });
  });

  test('are all shortened where nothing fits, and are JSON behind their fence still', () => {
    const compact = compactRounds(rounds, 0);
    expect(sum(compact)).toBeLessThan(sum(rounds) / 2);
    for (const items of compact) expect(unfenced(items[1]!)).toMatchObject({ found: 3 });
  });

  test('keep what it takes to put a variant into the cart', () => {
    const variants = [
      { variant_id: '17', options: { Size: 'M' }, price: '9.90', availability: 'in_stock', in_stock: 3 },
    ];
    const [round] = compactRounds([[result('a', { ...bed(1), variants })]], 0);
    expect(unfenced(round![0]!)).toMatchObject({ id: 1, variants: [{ variant_id: '17', options: { Size: 'M' } }] });
  });

  test('stay whole of a product that was asked about since, and go with the rest where even that is too much', () => {
    const since = [...rounds, [call('c'), result('c', { facts_as_above: 2, currency: 'ILS' })]];
    const asked = askedAgain(since);
    expect(asked).toEqual(new Set([2]));
    const [first] = compactRounds(since, sum(since) - 1, asked);
    const { products } = unfenced(first![1]!) as { products: object[] };
    expect(products[1]).toEqual(unfenced(result('', bed(2))));
    expect(products[0]).not.toHaveProperty('description');
    expect(compactRounds(since, 0, asked)).toEqual(compactRounds(since, 0));
  });

  test('point to nothing that was shortened: of "as above" a name is left', () => {
    const since = [...rounds, [call('c'), result('c', { facts_as_above: 2, price: '199.00', tags: ['soft'] })]];
    const compact = compactRounds(since, 0);
    expect(JSON.stringify(compact)).not.toContain('facts_as_above');
    expect(unfenced(compact[2]![1]!)).toEqual({ id: 2, price: '199.00' });
  });

  test('stay an answer to each call, whatever a tool said', () => {
    const odd: ModelItem = { type: 'tool_result', callId: 'x', output: 'no fence' };
    expect(compactRounds([[odd, result('y', null), result('z', 'word '.repeat(200))]], 0)[0]).toMatchObject([
      odd,
      { callId: 'y' },
      { callId: 'z', output: expect.stringMatching(/^<data>\n"(word )+\.\.\."\n<\/data>$/) as string },
    ]);
  });
});

describe('facts that the model has been told in this turn', () => {
  test('are told again once they are forgotten', () => {
    const told = new ToldFacts();
    told.brief(found(1));
    told.forget();
    expect(told.brief(found(1))).toEqual(found(1));
    expect(told.brief(bed(1))).toEqual({ facts_as_above: 1 });
  });

  test('are not told again', () => {
    const told = new ToldFacts();
    expect(told.brief(found(1, 2))).toEqual(found(1, 2));
    expect(told.brief({ products: [bed(2), bed(3)] })).toEqual({ products: [{ facts_as_above: 2 }, bed(3)] });
  });

  test('come with what is new of them', () => {
    const told = new ToldFacts();
    told.brief(found(1));
    const more = { ...bed(1), description: 'All of it.', tags: ['soft'] };
    expect(told.brief(more)).toEqual({ facts_as_above: 1, description: 'All of it.', tags: ['soft'] });
    expect(told.brief(more)).toEqual({ facts_as_above: 1 });
  });

  test('are told when they have changed meanwhile', () => {
    const told = new ToldFacts();
    told.brief(bed(1));
    expect(told.brief({ ...bed(1), price: '199.00' })).toEqual({ facts_as_above: 1, price: '199.00' });
    expect(told.brief(bed(1))).toEqual({ facts_as_above: 1, price: '249.00' });
  });

  test('are of products only', () => {
    const told = new ToldFacts();
    for (const output of [{ error: 'No.' }, 'text', null, [1, 2], { id: 'x', title: 'y' }, { shown: [1] }]) {
      told.brief(output);
      expect(told.brief(output)).toEqual(output);
    }
  });
});
