/** What a provider counts apart from each other. */
const BUCKETS = ['requests', 'tokens'] as const;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * How long a provider asks to be left alone, in milliseconds; undefined when it doesn't say. `retry-after-ms` and
 * `retry-after` (seconds or a date) are meant for us; `x-ratelimit-reset-*` is when a bucket is full again, an upper bound.
 */
export function retryAfterOf(headers: Headers, now: () => number = Date.now): number | undefined {
  const ms = numberOf(headers.get('retry-after-ms'));
  if (ms !== undefined && ms >= 0) return ms;
  const value = headers.get('retry-after');
  const seconds = numberOf(value);
  const wait = seconds === undefined ? Date.parse(value ?? '') - now() : seconds * 1_000;
  return Number.isNaN(wait) ? resetOf(headers) : Math.max(0, wait);
}

/** Until the bucket that is empty is full again; where none says that it is, the one that is full first. */
function resetOf(headers: Headers): number | undefined {
  const buckets = BUCKETS.flatMap((name) => {
    const remaining = headers.get(`x-ratelimit-remaining-${name}`);
    const wait = durationOf(headers.get(`x-ratelimit-reset-${name}`));
    // Azure says -1, -1 and 0 where it doesn't know.
    return wait === undefined || remaining?.startsWith('-') ? [] : [{ wait, empty: remaining === '0' }];
  });
  const empty = buckets.filter((bucket) => bucket.empty).map(({ wait }) => wait);
  if (empty.length > 0) return Math.max(...empty);
  return buckets.length > 0 ? Math.min(...buckets.map(({ wait }) => wait)) : undefined;
}

/** `12ms`, `6m0s`, `1.5s`, or a bare number of seconds → milliseconds. Undefined for anything else, -1 included. */
export function durationOf(text: string | null): number | undefined {
  if (text === null || !/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) {
    const seconds = numberOf(text);
    return seconds === undefined || seconds < 0 ? undefined : seconds * 1_000;
  }
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/([\d.]+)(ms|[smhd])/g)) sum += Number(count) * UNITS[unit!]!;
  return Math.ceil(sum);
}

function numberOf(text: string | null): number | undefined {
  const number = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
