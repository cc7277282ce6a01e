import { describe, expect, test } from 'vitest';
import { contactNow, openingAt, type OpeningHours } from '../../proxy/opening-hours.ts';

const at = (iso: string) => Date.parse(iso);
const week: OpeningHours = {
  timeZone: 'Asia/Jerusalem',
  days: {
    sun: [
      { from: 9 * 60, to: 13 * 60 },
      { from: 14 * 60, to: 18 * 60 },
    ],
    mon: [{ from: 9 * 60, to: 18 * 60 }],
  },
  closed: ['2026-11-23'],
};
/** Fresh, so that no test reads what another one has found out. */
const hours = (changes: Partial<OpeningHours> = {}): OpeningHours => ({ ...week, ...changes });

describe('the people of a shop', () => {
  test('are there until they close, by the clock of their own place', () => {
    // Sunday, 10:00 in Jerusalem.
    expect(openingAt(hours(), at('2026-11-22T08:00:00Z'))).toEqual({ now: true, until: '2026-11-22T11:00:00.000Z' });
  });

  test('are away over noon, and back the same day', () => {
    expect(openingAt(hours(), at('2026-11-22T11:00:00Z'))).toEqual({
      now: false,
      opens_at: '2026-11-22T12:00:00.000Z',
    });
  });

  test('are away on a holiday, until the next day on which they are there', () => {
    expect(openingAt(hours(), at('2026-11-23T08:00:00Z'))).toEqual({
      now: false,
      opens_at: '2026-11-29T07:00:00.000Z',
    });
  });

  test('open at the same hour of their clock when it changes', () => {
    // In Berlin the clock goes back on the night before Sunday 25 October 2026.
    const berlin = hours({
      timeZone: 'Europe/Berlin',
      days: { sun: [{ from: 540, to: 1020 }], sat: [{ from: 540, to: 1020 }] },
    });
    expect(openingAt(berlin, at('2026-10-24T05:00:00Z'))).toEqual({ now: false, opens_at: '2026-10-24T07:00:00.000Z' });
    expect(openingAt(berlin, at('2026-10-24T20:00:00Z'))).toEqual({ now: false, opens_at: '2026-10-25T08:00:00.000Z' });
  });

  test('are there past midnight, where they say so', () => {
    const late = hours({ timeZone: 'UTC', days: { sat: [{ from: 20 * 60, to: 2 * 60 }] } });
    expect(openingAt(late, at('2026-11-22T01:00:00Z'))).toEqual({ now: true, until: '2026-11-22T02:00:00.000Z' });
    expect(openingAt(late, at('2026-11-22T02:00:00Z')).now).toBe(false);
  });

  test('never close where the days follow each other without a break, and never come where there are none', () => {
    const always = [{ from: 0, to: 24 * 60 }];
    const days = { sun: always, mon: always, tue: always, wed: always, thu: always, fri: always, sat: always };
    expect(openingAt(hours({ days, closed: [] }), at('2026-11-22T01:00:00Z'))).toEqual({ now: true });
    expect(openingAt(hours({ days: {} }), at('2026-11-22T01:00:00Z'))).toEqual({ now: false });
  });

  test('what was found out holds until it changes, whichever way the clock goes', () => {
    const same = hours();
    expect(openingAt(same, at('2026-11-22T08:00:00Z')).now).toBe(true);
    expect(openingAt(same, at('2026-11-22T10:59:59.999Z')).now).toBe(true);
    expect(openingAt(same, at('2026-11-22T11:00:00Z')).now).toBe(false);
    expect(openingAt(same, at('2026-11-22T08:00:00Z')).now).toBe(true);
  });
});

test('a contact says it only where the shop does', () => {
  const contact = { form: true };
  const now = at('2026-11-22T08:00:00Z');
  expect(contactNow({ contact, hours: null }, now)).toBe(contact);
  expect(contactNow({ contact: null, hours: hours() }, now)).toBeNull();
  expect(contactNow({ contact, hours: hours() }, now)).toEqual({
    form: true,
    open: { now: true, until: expect.any(String) },
  });
});
