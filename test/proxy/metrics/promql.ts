/** As much of PromQL as ops/ is written in: selectors with matchers, and sums by labels. */

/** By the name that a sample is asked for: its labels, each with the values that there are. */
export type Samples = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** What Prometheus tells by itself of each that it reads. */
const OF_PROMETHEUS: readonly [string, ReadonlyMap<string, ReadonlySet<string>>][] = [
  ['up', new Map([['job', new Set(['shop-clerk'])]])],
];
const LABEL = /(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;
const SELECTOR = /\b((?:shopclerk|process)_\w+|up\b)(?:\{([^}]*)\})?/g;
/** What nobody has taught this file yet. */
const UNREAD = /\b(?:avg|min|max|count|topk|bottomk|without|on|ignoring|group_left|label_replace)\b/g;
const SUM_BY = /\bsum by \(([^)]*)\) \(/g;

/** @param text of /metrics */
export function samplesOf(text: string): Samples {
  const samples = new Map<string, Map<string, Set<string>>>();
  for (const [, name, labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = samples.get(name!) ?? new Map<string, Set<string>>();
    samples.set(name!, known);
    for (const [, label, , value] of labels.matchAll(LABEL)) {
      known.set(label!, (known.get(label!) ?? new Set()).add(value!));
    }
  }
  return new Map([...samples, ...OF_PROMETHEUS]);
}

/** @param shown labels that are said of what the expression finds; @returns what isn't there */
export function problemsOf(expr: string, samples: Samples, shown: readonly string[]): string[] {
  const problems = [...expr.matchAll(UNREAD)].map(([word]) => `this test does not read ${word}`);
  for (const [, name, matchers = ''] of expr.matchAll(SELECTOR)) {
    const labels = samples.get(name!);
    if (!labels) problems.push(`${name} is not told`);
    for (const [, label, how, value] of matchers.matchAll(LABEL)) {
      const values = labels?.get(label!);
      if (labels && !values) problems.push(`${name} has no label ${label}`);
      if (values && (how === '=' || how === '!=') && !values.has(value!))
        problems.push(`${name} has no ${label} ${value}`);
    }
  }
  for (const sum of expr.matchAll(SUM_BY)) {
    for (const [, name] of within(expr, sum.index + sum[0].length).matchAll(SELECTOR)) {
      for (const label of listed(sum[1]!)) {
        if (samples.has(name!) && !samples.get(name!)!.has(label)) problems.push(`${name} has no label ${label}`);
      }
    }
  }
  const left = leftOf(expr, samples);
  return [...problems, ...shown.filter((label) => !left.has(label)).map((label) => `${label} is summed away`)];
}

/** The labels that what is found still has: of the sums where there are any, else of what was asked for. */
function leftOf(expr: string, samples: Samples): Set<string> {
  const sums = [...expr.matchAll(SUM_BY)].flatMap(([, by]) => listed(by!));
  if (/\bsum\b/.test(expr)) return new Set(sums);
  return new Set([...expr.matchAll(SELECTOR)].flatMap(([, name]) => [...(samples.get(name!)?.keys() ?? [])]));
}

function listed(labels: string): string[] {
  return labels.split(',').map((label) => label.trim());
}

/** Up to the parenthesis that closes the one before `from`. */
function within(expr: string, from: number): string {
  let depth = 1;
  let at = from;
  for (; at < expr.length && depth > 0; at++) {
    if (expr[at] === '(') depth++;
    if (expr[at] === ')') depth--;
  }
  return expr.slice(from, at);
}
