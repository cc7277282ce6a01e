/**
 * `npm run test:faults`: 1,000 broken connections and 200 dead processes, and what they cost the shoppers: nothing.
 * `SEED=` repeats a run; `CUTS=` and `KILLS=` make it shorter.
 */
import { breakLines } from './cuts.ts';
import { killProcesses } from './kills.ts';
import { isClean } from './oracle.ts';
import { createScene } from './scene.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const cuts = Number(process.env['CUTS'] ?? 1_000);
const kills = Number(process.env['KILLS'] ?? 200);
console.log(`SEED=${seed}`);

let clean = true;
async function part<T extends { counts: Parameters<typeof isClean>[0] }>(
  name: string,
  delayMs: number,
  work: (scene: Awaited<ReturnType<typeof createScene>>) => Promise<T>,
) {
  await using scene = await createScene({ seed, delayMs });
  const { counts, ...rest } = await work(scene);
  const faults = { unsettled: 0, usage: 0, ...rest } as { unsettled: number; usage: number };
  clean &&= isClean(counts) && faults.unsettled === 0 && faults.usage === 0;
  return { [name]: { ...rest, ...counts } };
}

console.table({
  ...(await part('broken lines', 5, (scene) => breakLines(scene, { cuts, shoppers: 4 }))),
  ...(await part('kill -9', 8, (scene) => killProcesses(scene, { kills, shoppers: 4, seed, signal: 'SIGKILL' }))),
  ...(await part('SIGTERM', 8, (scene) =>
    killProcesses(scene, { kills: Math.ceil(kills / 10), shoppers: 4, seed, signal: 'SIGTERM' }),
  )),
});
console.log(clean ? 'Nothing lost, doubled, reordered or unsettled.' : `Not clean. Repeat it with SEED=${seed}`);
process.exitCode = clean ? 0 : 1;
