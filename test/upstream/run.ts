/**
 * `npm run test:upstream`: every fault of an upstream on both wires, a crowd in front of one that fails three times in
 * ten, and 500 questions with and without the answer cache. `SEED=` repeats a run; `SHOPPERS=` makes the crowd smaller,
 * `WIRES=responses` takes one wire alone.
 */
import { crowd } from './crowd.ts';
import { everyFault } from './every-fault.ts';
import { FAULTS } from './faults.ts';
import { changesIn, readMix, runMix } from './mix.ts';
import { WIRES } from './wires.ts';

/** Percent of the model's calls. */
const LEAST_SAVED = 30;

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const shoppers = Number(process.env['SHOPPERS'] ?? 200);
const names = process.env['WIRES']?.split(',');
const wires = WIRES.filter(({ name }) => !names || names.includes(name));
console.log(`SEED=${seed}`);

const { counts, complaints } = await everyFault(wires, FAULTS);
console.table(counts);
for (const complaint of complaints) console.log(complaint);
let clean = complaints.length + counts.crashes === 0;

const crowds = Object.fromEntries(
  await Promise.all(wires.map(async (wire) => [wire.name, await crowd(wire, { shoppers, seed })] as const)),
);
console.table(crowds);
for (const { answered, toldClearly, hanging, wrongRows, crashes } of Object.values(crowds)) {
  clean &&= answered + toldClearly === shoppers && hanging + wrongRows + crashes === 0;
}

const questions = readMix();
const { wrong, ...mix } = await runMix(questions, changesIn(questions.length));
console.table({
  ...mix,
  calls: `${mix.calls.cached} for ${mix.calls.plain}`,
  saved: `${mix.saved} %`,
  wrong: wrong.length,
});
for (const complaint of wrong) console.log(complaint);
clean &&= wrong.length + mix.wrongRows === 0 && mix.saved >= LEAST_SAVED;
console.log(
  clean
    ? 'Nobody left hanging, nothing crashed, every row right, no wrong answer from the cache.'
    : `Not clean. Repeat it with SEED=${seed}`,
);
process.exitCode = clean ? 0 : 1;
