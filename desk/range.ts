/** Days of UTC, as in budgets, bills and reports; `from` and `to` are both included. */
export interface Range {
  /** `2026-11-21` */
  from: string;
  to: string;
}

const DAY_MS = 24 * 60 * 60_000;
const CUSTOM = /^(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)$/;
/** As many as a report takes. */
export const MAX_DAYS = 400;

/** What can be chosen, by its name in the address. */
export const RANGES = [
  { name: 'today', label: 'Today', days: 1 },
  { name: '7', label: '7 days', days: 7 },
  { name: '30', label: '30 days', days: 30 },
  { name: '90', label: '90 days', days: 90 },
] as const;
export const USUAL_RANGE = '30';

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function daysIn({ from, to }: Range): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** @param name as it stands in the address; what nobody can read is the usual one */
export function rangeOf(name: string | null, now: number): Range {
  const custom = customOf(name);
  if (custom) return custom;
  const { days } = RANGES.find((range) => range.name === name) ?? RANGES[2];
  return { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now) };
}

/** What the picker is to show as chosen, by its name in the address. */
export function rangeName(name: string | null): string {
  return name !== null && (RANGES.some((range) => range.name === name) || customOf(name)) ? name : USUAL_RANGE;
}

function customOf(name: string | null): Range | null {
  const [, from = '', to = ''] = CUSTOM.exec(name ?? '') ?? [];
  return isRange({ from, to }) ? { from, to } : null;
}

export function isRange(range: Range): boolean {
  if (!isDay(range.from) || !isDay(range.to)) return false;
  const days = daysIn(range);
  return days >= 1 && days <= MAX_DAYS;
}

/** Not so the 30th of February, which `Date` takes for one of March. */
function isDay(day: string): boolean {
  const ms = Date.parse(day);
  return !Number.isNaN(ms) && dayOf(ms) === day;
}
