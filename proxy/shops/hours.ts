import { DAYS, type Hours, type OpeningHours } from '../opening-hours.ts';
import type { ShopFile } from './schema.ts';

/** When people are there; null where the shop doesn't say. */
export function hoursOf({ hours }: ShopFile): OpeningHours | null {
  if (!hours) return null;
  const days = DAYS.map((day) => [day, (hours.days[day] ?? []).map(toHours)] as const);
  return { timeZone: hours.time_zone, days: Object.fromEntries(days), closed: hours.closed };
}

/** "09:00-17:30" */
function toHours(span: string): Hours {
  const [from, to] = span.split('-').map(minutesOf);
  return { from: from!, to: to! };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
