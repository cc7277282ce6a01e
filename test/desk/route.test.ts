import { expect, test } from 'vitest';
import { chosenOf, hrefTo, hrefWith, parseRoute } from '../../desk/route.ts';

test('an address names a view, what stands behind it, and what is looked at', () => {
  const { name, args, query } = parseRoute('#/conversation/thr_1?shop=pets&range=7');
  expect({ name, args, query: Object.fromEntries(query) }).toEqual({
    name: 'conversation',
    args: ['thr_1'],
    query: { shop: 'pets', range: '7' },
  });
  expect(parseRoute('')).toMatchObject({ name: '', args: [] });
  expect(parseRoute('#/a%zz')).toMatchObject({ name: 'a%zz' });
});

test('shop and range go along to another view, its own filters do not', () => {
  const route = parseRoute('#/conversations?shop=pets&range=7&q=puppy&filter=error');
  expect(hrefTo(route, 'gaps')).toBe('#/gaps?shop=pets&range=7');
  expect(hrefTo(route, ['conversation', 'a/b'], { turn: 'trn_1' })).toBe(
    '#/conversation/a%2Fb?shop=pets&range=7&turn=trn_1',
  );
});

test('the same view with another filter keeps the others', () => {
  const route = parseRoute('#/conversations?shop=pets&q=puppy&filter=error');
  expect(hrefWith(route, { filter: 'wrong' })).toBe('#/conversations?shop=pets&q=puppy&filter=wrong');
  expect(hrefWith(route, { q: '', filter: null })).toBe('#/conversations?shop=pets');
  expect(hrefWith(route, { range: '30' })).not.toContain('range');
});

test('what cannot be chosen is the usual choice, and so is nothing', () => {
  const states = [
    ['open', 'Open'],
    ['done', 'Done'],
  ] as const;
  const chosen = (query: string) => chosenOf(parseRoute(`#/gaps?${query}`), 'state', states);
  expect(chosen('state=done')).toBe('done');
  for (const query of ['', 'state=', 'state=NaN', 'state=Done', 'state=toString', 'state=open,done', 'by=done']) {
    expect(chosen(query), query).toBe('open');
  }
});
