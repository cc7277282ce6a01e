import { describe, expect, test } from 'vitest';
import {
  makeRoom,
  newerHalf,
  roomOf,
  summarisable,
  windowStart,
} from '../../../../proxy/chat/context/context-window.ts';

/** Two thirds of it are the thread's: 1,000. */
const ROOM = 1_500;
const turns = (count: number, tokens = 100) => Array.from({ length: count }, () => tokens);

describe('the window on a thread', () => {
  test('begins with the first turn while all of them fit', () => {
    expect(windowStart([], ROOM)).toBe(0);
    expect(windowStart(turns(10), ROOM)).toBe(0);
  });

  test('moves in steps: to three fifths when it is full, and then it stands still', () => {
    const starts = Array.from({ length: 20 }, (_, index) => windowStart(turns(index + 1), ROOM));
    expect(starts).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10]);
  });

  test('never leaves out the newest turn, however long it is', () => {
    expect(windowStart([...turns(5), 50_000], ROOM)).toBe(5);
    expect(windowStart([50_000], ROOM)).toBe(0);
    expect(windowStart(turns(3), 0)).toBe(2);
  });

  test('goes on where it was when a long turn is followed by short ones', () => {
    expect(windowStart([...turns(5), 5_000, 10], ROOM)).toBe(6);
  });
});

describe('room for what tools found', () => {
  test('is made of the oldest turns, whole, never of the last', () => {
    expect(makeRoom(turns(6), 2, 400)).toBe(2);
    expect(makeRoom(turns(6), 2, 399)).toBe(3);
    expect(makeRoom(turns(6), 2, 50)).toBe(5);
    expect(makeRoom(turns(6), 0, -1_000)).toBe(5);
  });

  test('is none where the rules and the tools fill everything', () => {
    expect(roomOf({ contextTokens: 4_000, fixedTokens: 3_500, answerTokens: 1_000 })).toBe(0);
    expect(roomOf({ contextTokens: 16_000, fixedTokens: 3_500, answerTokens: 2_000 })).toBe(10_500);
  });
});

describe('a summary', () => {
  test('is due before anything falls out, and leaves two fifths of the thread as it is', () => {
    expect(summarisable(turns(7), ROOM)).toBe(0);
    expect(summarisable(turns(8), ROOM)).toBe(4);
    expect(summarisable([...turns(3), 900], ROOM)).toBe(3);
    expect(summarisable([5_000], ROOM)).toBe(0);
  });

  test('waits until there are three turns to put into it, also where fewer fill the window', () => {
    expect(summarisable([...turns(2), 900], ROOM)).toBe(0);
    expect(summarisable(turns(3, 800), ROOM)).toBe(0);
    expect(summarisable(turns(4, 800), ROOM)).toBe(3);
  });

  test.each([500, 700, 1_500, 3_000, 8_000])('comes after every third answer at the most in a room of %i', (room) => {
    for (const tokens of [150, 400, 1_000]) {
      let open: number[] = [];
      let summaries = 0;
      for (let turn = 0; turn < 60; turn++) {
        open.push(tokens);
        const count = summarisable(open, room);
        if (count > 0) summaries++;
        open = open.slice(count);
      }
      expect(summaries).toBeLessThanOrEqual(20);
      if (room < 8_000) expect(summaries).toBeGreaterThan(5);
    }
  });

  test('is made for nobody where there is next to no room for it; the one that is there counts as room', () => {
    expect(summarisable(turns(8), 0)).toBe(0);
    expect(summarisable(turns(8), 400)).toBe(0);
    expect(summarisable(turns(8), 400, 200)).toBeGreaterThan(0);
  });
});

test('after a refusal the newer half is told, and the newest turn in any case', () => {
  expect(newerHalf(8, 2)).toBe(5);
  expect(newerHalf(3, 0)).toBe(2);
  expect(newerHalf(1, 0)).toBe(0);
});
