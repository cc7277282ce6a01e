const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const WEEK_MS = 7 * 86_400_000;

/** "2 hours ago", "yesterday"; the date of what is older than a week. `locale`: BCP 47. */
export function when(iso: string, locale: string, now = Date.now()): string {
  const at = Date.parse(iso);
  if (!Number.isFinite(at)) return '';
  // The proxy's clock may be ahead of the shopper's.
  const ago = Math.max(0, now - at);
  if (ago >= WEEK_MS) {
    const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
    const year = sameYear ? {} : ({ year: 'numeric' } as const);
    return new Date(at).toLocaleDateString(locale, { day: 'numeric', month: 'short', ...year });
  }
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const unit = UNITS.find(([, ms]) => ago >= ms);
  return unit ? format.format(-Math.floor(ago / unit[1]), unit[0]) : format.format(0, 'second');
}
