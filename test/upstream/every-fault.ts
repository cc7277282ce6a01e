import { answersIn, type Fault } from './faults.ts';
import { differsFrom } from './row.ts';
import { createScene, type Place, type UsageRow } from './scene.ts';
import { ask, type Seen } from './shopper.ts';
import type { Count, Wire } from './wires.ts';

export interface FaultCounts {
  faults: number;
  stuck: number;
  crashes: number;
  wrongRows: number;
  /** What a shopper was told, or asked of the upstream, other than the list says. */
  wrongTold: number;
}

/** A shopper for every fault on every wire, all at once; each with a shop and a model of their own. */
export async function everyFault(wires: readonly Wire[], faults: readonly Fault[]) {
  const cases = wires.flatMap((wire, w) =>
    faults.map((fault, f) => {
      // Different for each, so that no row can be right by another's count.
      const [input, output] = [1_000 + 100 * w + f, 500 + 50 * w + f];
      const count: Count = { input, cached: 10 + f, cacheWrite: 100 + f, output, reasoning: 200 + f };
      const replies = fault.replies(answersIn(wire, count));
      const play: Place['play'] = (_, index) => replies[Math.min(index, replies.length - 1)]!;
      return { name: `${wire.name}-${fault.name}`, wire, fault, count, play };
    }),
  );
  await using scene = await createScene(cases);
  const counts: FaultCounts = { faults: cases.length, stuck: 0, crashes: 0, wrongRows: 0, wrongTold: 0 };
  const complaints: string[] = [];
  await Promise.all(
    cases.map(async ({ name, fault, count }) => {
      const seen = await ask(scene.url, name, 'Dog food?').catch((error: unknown) => error as Error);
      if (seen instanceof Error || !seen.done) {
        counts.stuck++;
        complaints.push(`${name}: no end (${seen instanceof Error ? seen.message : JSON.stringify(seen.events)})`);
        return;
      }
      const told = toldWrong(fault, seen, scene.asked(name));
      if (told) counts.wrongTold++;
      const rows = scene.usage().filter(({ shop }) => shop === name);
      const row = rowWrong(fault, count, rows);
      if (row) counts.wrongRows++;
      for (const wrong of [told, row]) if (wrong) complaints.push(`${name}: ${wrong}`);
    }),
  );
  if (!(await scene.isUp())) counts.crashes++;
  return { counts, complaints };
}

function toldWrong(fault: Fault, seen: Seen, asked: number): string | undefined {
  const is = {
    finish: seen.done?.finish,
    code: seen.error?.code,
    text: seen.text,
    kept: seen.kept,
    busy: seen.events.some((event) => event.type === 'notice' && event.code === 'busy'),
    asked,
  };
  const { finish, code, text, busy = false } = fault;
  const should = { finish, code, text, kept: text, busy, asked: fault.asked };
  return JSON.stringify(is) === JSON.stringify(should)
    ? undefined
    : `${JSON.stringify(is)}, not ${JSON.stringify(should)}`;
}

/** One row a turn: the upstream's count to the token where it gave one, and its price, else nothing or a guess that says so. */
function rowWrong({ text, finish, asked }: Fault, count: Count, rows: UsageRow[]): string | undefined {
  const [row] = rows;
  if (!row || rows.length > 1) return `${rows.length} rows`;
  if (row.retries !== asked - 1) return `${row.retries} retries, and it was asked ${asked} times`;
  if (finish !== 'error') return differsFrom(row, count);
  const { input_tokens, output_tokens, estimated, outcome } = row;
  const right =
    outcome === 'error' && estimated === 1 && (text === '' ? input_tokens + output_tokens === 0 : output_tokens > 0);
  return right ? undefined : `row ${JSON.stringify(row)}`;
}
