import type { Percentiles } from '../types.ts';

/** By nearest rank: each is a value that there was. */
export function percentiles(values: readonly number[]): Percentiles {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { of: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
