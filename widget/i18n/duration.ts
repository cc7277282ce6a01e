const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** A wait in the largest unit of which it has more than one: "40 seconds", "3 hours". Rounded up, to two at least: no language's singular then. */
export function inWords(ms: number, language: string): string {
  const [unit, length] = UNITS.find(([, length]) => ms > 1.5 * length) ?? ['second', 1000];
  return Math.max(2, Math.ceil(ms / length)).toLocaleString(language, { style: 'unit', unit, unitDisplay: 'long' });
}
