import { createRandom } from '../faults/random.ts';

/** What a group of attacks came to. */
export class Findings {
  attempts = 0;
  /** What should not have been possible, one line each. */
  readonly successes: string[] = [];
  /** For the table. */
  note = '';
  /** Lines below the table. */
  readonly details: string[] = [];

  attempt(what: string, succeeded: boolean): void {
    this.attempts++;
    if (succeeded) this.successes.push(what);
  }
}

export interface GroupOptions {
  /** `sample` takes seconds. */
  size: 'all' | 'sample';
  random: () => number;
}

/** Of a sample each `share`-th: with a number that divides the length of no list, each item of each list is among them. */
export function thinned<T>(all: readonly T[], size: GroupOptions['size'], share: number): readonly T[] {
  return size === 'all' ? all : all.filter((_, index) => index % share === 0);
}

/** Attacks of one kind against the real proxy. */
export type Group = (findings: Findings, options: GroupOptions) => Promise<void>;

export async function run(
  group: Group,
  { size, seed }: { size: GroupOptions['size']; seed: number },
): Promise<Findings> {
  const findings = new Findings();
  await group(findings, { size, random: createRandom(seed) });
  return findings;
}
