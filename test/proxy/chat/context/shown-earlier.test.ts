import { expect, test } from 'vitest';
import { shownEarlier } from '../../../../proxy/chat/context/shown-earlier.ts';
import type { MessageRow } from '../../../../proxy/storage/types.ts';

const titles = new Map(Array.from({ length: 100 }, (_, id) => [id, `Leash ${id}`]));

/** A message for each row of cards. */
const thread = (...rows: number[][]) => rows.map((ids) => ({ parts: [{ type: 'products', ids }] }) as MessageRow);
const rowOf = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const named = (ids: readonly number[]) => ids.map((id) => `${id} Leash ${id}`);

test('what was on show is told row by row, oldest first', () => {
  expect(shownEarlier(thread([1, 2], [], [3]), titles)).toEqual([named([1, 2]), named([3])]);
  expect(shownEarlier(thread(), titles)).toEqual([]);
});

test('of a long conversation the first row and the newest are told, and that there were others', () => {
  const rows = Array.from({ length: 20 }, (_, index) => rowOf(index * 3, 3));
  const told = shownEarlier(thread(...rows), titles);
  expect(told[0]).toEqual(named(rows[0]!));
  expect(told[1]).toEqual(['…']);
  expect(told.slice(2)).toEqual(rows.slice(-12).map(named));
});

test('a row is told whole or not at all, but for a very long first one', () => {
  expect(shownEarlier(thread([1], rowOf(2, 30), rowOf(40, 20)), titles)).toEqual([
    named([1]),
    ['…'],
    named(rowOf(40, 20)),
  ]);
  expect(shownEarlier(thread(rowOf(0, 50), [60]), titles)).toEqual([named(rowOf(0, 10)), named([60])]);
});
