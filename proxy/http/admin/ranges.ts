/** What several reports of the desk take: days, and cursors. */
import { z } from '@hono/zod-openapi';
import { ChatError } from '../../errors.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Without dates: the last thirty days. */
const USUAL_DAYS = 30;
const MAX_DAYS = 400;

export const day = z.iso.date('must be a day, as 2026-11-21').openapi({ example: '2026-11-21' });

export const range = z.object({
  from: day.optional().openapi({ example: '2026-11-01', description: 'A day of UTC, included. Else 30 days in all.' }),
  to: day.optional().openapi({ example: '2026-11-21', description: 'The same. Else today.' }),
});

export const NO_CURSOR = 'must be the next_cursor of another page';

/** A cursor that is a whole number. @param most that a page can have given out */
export function numberCursor(most: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, NO_CURSOR)
    .transform(Number)
    .refine((at) => at <= most, NO_CURSOR)
    .openapi({ type: 'string', example: '1000' });
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** @throws ChatError `invalid_request` for days that are none in this order, or too many */
export function rangeOf(
  { from, to }: { from?: string | undefined; to?: string | undefined },
  now: number,
  maxDays = MAX_DAYS,
): { from: string; to: string } {
  const last = to ?? dayOf(now);
  const first = from ?? dayOf(Date.parse(last) - (Math.min(USUAL_DAYS, maxDays) - 1) * DAY_MS);
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (days < 1) throw new ChatError('invalid_request', `from: ${first} is after ${last}`);
  if (days > maxDays) throw new ChatError('invalid_request', `from: these are ${days} days; ${maxDays} at most`);
  return { from: first, to: last };
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

export function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

/** Of all there is. Null of nothing. */
export function share(part: number, all: number): number | null {
  return all === 0 ? null : part / all;
}

/** As a file to keep, in a browser too. */
export function attachment(name: string): Record<string, string> {
  return { 'Content-Disposition': `attachment; filename="${name}"`, 'X-Content-Type-Options': 'nosniff' };
}

export const csvType = 'text/csv; charset=utf-8; header=present';
