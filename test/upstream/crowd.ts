import { createRandom } from '../faults/random.ts';
import { CUT, failure, html, type Reply } from '../fakes/fake-openai.ts';
import { answersIn, DROPPED, WHOLE } from './faults.ts';
import { differsFrom } from './row.ts';
import { createScene, type Place } from './scene.ts';
import { ask } from './shopper.ts';
import type { Count, Wire } from './wires.ts';

export interface CrowdCounts {
  shoppers: number;
  requests: number;
  failed: number;
  answered: number;
  /** Of the answered: not at the first try. */
  triedAgain: number;
  /** The rest: an error in words, with an end. */
  toldClearly: number;
  hanging: number;
  /** Rows that don't equal what the upstream counted, and counts without a row. */
  wrongRows: number;
  crashes: number;
}

/** All ask in the same moment, and the upstream fails three times in ten. */
export async function crowd(wire: Wire, { shoppers, seed }: { shoppers: number; seed: number }): Promise<CrowdCounts> {
  const random = createRandom(seed);
  const tries = new Map<string, number>();
  /** Of these, cut before a word: on a socket that had served before, that is no try of the proxy's. */
  const dropped = new Map<string, number>();
  const counted = new Map<string, Count>();
  let failed = 0;
  const play: Place['play'] = ({ body }) => {
    const [question = ''] = /q\d+q/.exec(JSON.stringify(body['input'] ?? body['messages'])) ?? [];
    tries.set(question, (tries.get(question) ?? 0) + 1);
    const number = Number(question.slice(1, -1));
    const input = { input: 1_000 + number, cached: number, cacheWrite: 2 * number };
    const count = { ...input, output: 300 + number, reasoning: number };
    const answers = answersIn(wire, count);
    if (random() < 0.3) {
      failed++;
      const ways: Reply[] = [
        failure(500, { type: 'server_error' }),
        failure(429, { code: 'rate_limit_exceeded' }, { 'retry-after-ms': '200' }),
        html(502),
        DROPPED,
        answers.half(CUT),
      ];
      const way = ways[Math.floor(random() * ways.length)]!;
      if (way === DROPPED) dropped.set(question, (dropped.get(question) ?? 0) + 1);
      return way;
    }
    counted.set(question, count);
    return answers.whole();
  };
  const name = `${wire.name}-crowd`;
  await using scene = await createScene([{ name, wire, play }]);
  const counts: CrowdCounts = {
    shoppers,
    requests: 0,
    failed: 0,
    answered: 0,
    triedAgain: 0,
    toldClearly: 0,
    hanging: 0,
    wrongRows: 0,
    crashes: 0,
  };
  const questions = Array.from({ length: shoppers }, (_, index) => `q${index + 1}q`);
  const turns = new Map<string, string>();
  await Promise.all(
    questions.map(async (question) => {
      const seen = await ask(scene.url, name, `Dog food ${question}?`).catch(() => null);
      if (seen) turns.set(seen.turnId, question);
      if (!seen?.done) counts.hanging++;
      else if (seen.done.finish === 'stop' && seen.text === WHOLE && !seen.error) {
        counts.answered++;
        if (tries.get(question)! > 1) counts.triedAgain++;
      } else if (seen.error && seen.done.finish === 'error') counts.toldClearly++;
    }),
  );
  const rows = scene.usage();
  counts.wrongRows += Math.abs(rows.length - shoppers);
  for (const row of rows) {
    const question = turns.get(row.turn_id) ?? '';
    const count = counted.get(question);
    const same = count ? !differsFrom(row, count) : row.outcome === 'error' && row.estimated === 1;
    // A circuit that is open lets nobody ask even once.
    const most = Math.max(0, (tries.get(question) ?? 0) - 1);
    const rightly = row.retries <= most && row.retries >= most - (dropped.get(question) ?? 0);
    if (!same || !rightly) counts.wrongRows++;
  }
  if (!(await scene.isUp())) counts.crashes++;
  return { ...counts, requests: scene.asked(name), failed };
}
