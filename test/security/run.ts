/**
 * `npm run test:security`: attacks of every kind against the real proxy, and how many got what they must not get: none.
 * `SEED=` repeats a run, `GROUP=` picks one, `SIZE=sample` is what `npm test` runs. Everything stays on this machine.
 */
import { run } from './findings.ts';
import { GROUPS } from './groups.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const size = process.env['SIZE'] === 'sample' ? 'sample' : 'all';
const wanted = process.env['GROUP'];
console.log(`SEED=${seed}`);

const table: Record<string, object> = {};
const below: string[] = [];
let attempts = 0;
let successes = 0;
for (const [name, group] of Object.entries(GROUPS)) {
  if (wanted !== undefined && wanted !== name) continue;
  const began = performance.now();
  const findings = await run(group, { size, seed });
  attempts += findings.attempts;
  successes += findings.successes.length;
  const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
  table[name] = { attempts: findings.attempts, unauthorised: findings.successes.length, seconds, note: findings.note };
  below.push(...findings.details.map((line) => `  ${line}`));
  below.push(...findings.successes.slice(0, 20).map((what) => `✗ ${name}: ${what}`));
}
console.table(table);
for (const line of below) console.log(line);
console.log(`${attempts} attempts, ${successes} unauthorised successes.`);
if (successes > 0) console.log(`Repeat it with SEED=${seed}`);
process.exitCode = successes === 0 && attempts > 0 ? 0 : 1;
