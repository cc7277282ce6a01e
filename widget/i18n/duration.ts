const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** When a wait is over, in the largest unit of which it has more than one: "in 40 seconds", "in 3 hours". Rounded up, to two at least. */
export function whenIn(ms: number, language: string): string {
  const [unit, length] = UNITS.find(([, length]) => ms > 1.5 * length) ?? ['second', 1000];
  // The whole of it and not the length alone: German, Russian and others bend the noun behind "in".
  return new Intl.RelativeTimeFormat(language).format(Math.max(2, Math.ceil(ms / length)), unit);
}
