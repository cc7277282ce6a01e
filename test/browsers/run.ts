/**
 * `npm run test:browsers`: the widget's tests, and one shopper's journey through the demo store, in Chromium, Firefox and
 * WebKit, one after the other. Names on the command line choose among them. An engine that isn't there fails the run, with
 * what to install; the others run all the same.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judge, readTally, type Tally } from '../reporters/tally.ts';
import { engines, missing, type Engine } from './engines.ts';
import { travel } from './journey.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Of one engine's tests: five times what they take on two cores. */
const TIME_LIMIT_MS = 10 * 60_000;

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !engines.some((engine) => engine.name === name));
if (unknown.length > 0) {
  console.error(`No engine is called ${unknown.join(', ')}. There are: ${engines.map(({ name }) => name).join(', ')}.`);
  process.exit(1);
}

const tallies = mkdtempSync(path.join(tmpdir(), 'shop-clerk-browsers-'));
process.once('exit', () => rmSync(tallies, { recursive: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const lines: string[] = [];
const sum: Tally = { passed: 0, failed: 0 };
for (const engine of engines.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
  const start = performance.now();
  console.log(`\n── ${engine.title} ${'─'.repeat(70 - engine.title.length)}`);
  const { passed, failed } = await test(engine);
  sum.passed += passed;
  sum.failed += failed;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  lines.push(`${engine.title.padEnd(20)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds} s`);
}
console.log(`\n${'─'.repeat(74)}\n${lines.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed === 0 ? 0 : 1;

async function test(engine: Engine): Promise<Tally> {
  const lacking = missing(engine);
  if (lacking.length > 0) {
    console.log(`Not tested: there is no ${lacking.join(' and no ')} here. On Debian and its kin:`);
    console.log(`  apt-get install --no-install-recommends ${engine.packages}`);
    return { passed: 0, failed: 1 };
  }
  const widget = await testWidget(engine);
  const journey = await testJourney(engine);
  return { passed: widget.passed + journey.passed, failed: widget.failed + journey.failed };
}

async function testWidget({ name, config }: Engine): Promise<Tally> {
  const tallyFile = path.join(tallies, name);
  const { complaint, ...tally } = judge(await webTestRunner(config, tallyFile), readTally(tallyFile));
  if (complaint !== undefined) console.log(complaint);
  return tally;
}

/** Its exit code; null if it was ended for taking too long. */
function webTestRunner(config: string, tallyFile: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(path.join(root, 'node_modules/.bin/wtr'), ['--config', config], {
      cwd: root,
      env: { ...process.env, TALLY_FILE: tallyFile },
      stdio: ['ignore', 'inherit', 'inherit'],
      timeout: TIME_LIMIT_MS,
    });
    const end = () => void child.kill();
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', (exitCode) => {
      process.off('exit', end);
      resolve(exitCode);
    });
  });
}

async function testJourney({ name }: Engine): Promise<Tally> {
  try {
    await travel(name);
    console.log('A shopper’s journey through the demo store: passed.');
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.log(`A shopper’s journey through the demo store: failed.\n${(error as Error).stack}`);
    return { passed: 0, failed: 1 };
  }
}
