/** Whether people are there, by the hours that a shop keeps in its own time zone. */
import type { Opening, ShopContact } from './protocol/index.ts';

/** Days as `Intl` and shops' settings name them, Sunday first. */
export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];

/** Minutes since midnight; an end that isn't after its beginning is on the next day. */
export interface Hours {
  from: number;
  to: number;
}

export interface OpeningHours {
  /** IANA: `Asia/Jerusalem`. */
  timeZone: string;
  /** A day that is left out is closed. */
  days: Readonly<Partial<Record<Day, readonly Hours[]>>>;
  /** Dates on which nobody is there, whatever day it is: `2026-12-25`. */
  closed: readonly string[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Days that are looked ahead: nobody waits longer for a shop to open. */
const AHEAD = 31;

const known = new WeakMap<OpeningHours, { opening: Opening; from: number; to: number }>();

/** @param now milliseconds since 1970 */
export function openingAt(hours: OpeningHours, now: number): Opening {
  // It takes a millisecond or two to find out, and holds until the next change.
  const before = known.get(hours);
  if (before && before.from <= now && now < before.to) return before.opening;
  const spans = spansFrom(hours, now);
  const current = spans.find(({ from, to }) => from <= now && now < to);
  const next = spans.find(({ from }) => from > now);
  // What never changes is looked at anew each day: the month that is looked ahead moves on.
  const change = Math.min(current?.to ?? next?.from ?? Infinity, now + AHEAD * DAY);
  const isSeen = change < now + AHEAD * DAY;
  const opening: Opening = current
    ? { now: true, ...(isSeen && { until: toIso(change) }) }
    : { now: false, ...(isSeen && { opens_at: toIso(change) }) };
  known.set(hours, { opening, from: now, to: isSeen ? change : now + DAY });
  return opening;
}

/** A shop's contact as a shopper is told of it: with whether somebody is there now. */
export function contactNow(
  { contact, hours }: { contact: ShopContact | null; hours: OpeningHours | null },
  now: number,
): ShopContact | null {
  return contact && hours ? { ...contact, open: openingAt(hours, now) } : contact;
}

/** Closed dates that a model is told of; holidays of a year. */
const MAX_CLOSED = 30;

/** As a model reads them. It knows no clock, so it isn't told what they mean right now. */
export function hoursInWords({ timeZone, days, closed }: OpeningHours): object {
  const time = (minutes: number) => `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
  const open = DAYS.map((day) => [day, (days[day] ?? []).map(({ from, to }) => `${time(from)}-${time(to)}`)] as const);
  return {
    time_zone: timeZone,
    ...Object.fromEntries(open.map(([day, spans]) => [day, spans.length > 0 ? spans.join(', ') : 'closed'])),
    ...(closed.length > 0 && { closed_on: closed.slice(0, MAX_CLOSED) }),
  };
}

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

interface Span {
  from: number;
  to: number;
}

/** From yesterday on, in order; what follows without a break is one span. */
function spansFrom({ timeZone, days, closed }: OpeningHours, now: number): Span[] {
  const { date } = wallClock(now, timeZone);
  const today = Date.parse(date);
  const spans: Span[] = [];
  for (let n = -1; n <= AHEAD; n++) {
    const midnight = today + n * DAY;
    if (closed.includes(toIso(midnight).slice(0, 10))) continue;
    for (const { from, to } of days[DAYS[new Date(midnight).getUTCDay()]!] ?? []) {
      const end = midnight + to * MINUTE + (to <= from ? DAY : 0);
      spans.push({ from: toInstant(midnight + from * MINUTE, timeZone), to: toInstant(end, timeZone) });
    }
  }
  spans.sort((a, b) => a.from - b.from);
  return spans.reduce<Span[]>((merged, span) => {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push(span);
    return merged;
  }, []);
}

/** When the clocks of a zone show `wall`, written as if it were UTC. In the hour that a clock leaves out, the moment it jumps. */
function toInstant(wall: number, timeZone: string): number {
  const offsetAt = (instant: number) => wallClock(instant, timeZone).ms - instant;
  // An offset is found by where it lands; the second look is for the days on which it changes.
  const first = wall - offsetAt(wall);
  return wall - offsetAt(first);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function wallClock(instant: number, timeZone: string): { date: string; ms: number } {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  const date = `${part['year']}-${part['month']}-${part['day']}`;
  return { date, ms: Date.parse(`${date}T${part['hour']}:${part['minute']}:00Z`) + (instant % MINUTE) };
}

function toIso(instant: number): string {
  return new Date(instant).toISOString();
}
