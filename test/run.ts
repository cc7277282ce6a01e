/**
 * What `npm test` runs: everything, also after a failure, so that one run shows all there is to mend. The last line is
 * the sum of all runners, `N passed, N failed`; each check counts as one. The commands are the scripts of package.json.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { judge, readTally, type Tally } from './reporters/tally.ts';

const root = path.resolve(import.meta.dirname, '..');
/** Twice what the slowest step takes on two busy cores: only what hangs gets there. */
const TIME_LIMIT_MS = 10 * 60_000;
/** Of a step's output the end is kept; that's where runners tell what failed. */
const OUTPUT_LIMIT = 2 ** 20;

interface Step {
  name: string;
  /** In package.json. */
  script: string;
  /** Runners of tests leave a tally; the rest are checks, which pass or fail. */
  tests?: true;
}

interface Outcome extends Tally {
  name: string;
  seconds: number;
  complaint?: string;
}

/** Steps of a stage run side by side, stages one after the other: two browsers at once only slow each other down. */
const stages: Step[][] = [
  [
    { name: 'format', script: 'format:check' },
    { name: 'lint', script: 'lint' },
    { name: 'types', script: 'types' },
    { name: 'build', script: 'build' },
  ],
  [
    { name: 'unit', script: 'test:unit', tests: true },
    { name: 'widget', script: 'test:widget', tests: true },
  ],
  [{ name: 'e2e', script: 'test:e2e', tests: true }],
];

const tallies = mkdtempSync(path.join(tmpdir(), 'shop-clerk-tallies-'));
process.once('exit', () => rmSync(tallies, { recursive: true }));

const running = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    running.forEach(killGroup);
    process.exit(1);
  });
}

const outcomes: Outcome[] = [];
for (const stage of stages) {
  // In the order of the list, whichever is done first: output of two steps must not be mixed.
  const started = stage.map((step) => run(step));
  for (const [index, step] of stage.entries()) {
    const { output, ...outcome } = await started[index]!;
    console.log(`\n── ${step.name} ${'─'.repeat(70 - step.name.length)}\n${output.trim()}`);
    if (outcome.complaint !== undefined) console.log(`${step.name}: ${outcome.complaint}`);
    outcomes.push(outcome);
  }
}

console.log(`\n${'─'.repeat(74)}`);
for (const { name, passed, failed, seconds } of outcomes) {
  console.log(`${name.padEnd(8)} ${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds.toFixed(1)} s`);
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function run({ name, script, tests }: Step): Promise<Outcome & { output: string }> {
  const start = performance.now();
  const tallyFile = path.join(tallies, name);
  const { exitCode, output } = await npmRun(script, tallyFile);
  const check = exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const verdict = tests ? judge(exitCode, readTally(tallyFile)) : check;
  return { name, ...verdict, output, seconds: (performance.now() - start) / 1000 };
}

/** `exitCode` is null for a script that was killed at the time limit. */
function npmRun(script: string, tallyFile: string): Promise<{ exitCode: number | null; output: string }> {
  const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return new Promise((resolve, reject) => {
    // A process group of its own, so that a runner that hangs takes its browser along when it is killed.
    const child = spawn('npm', ['run', '--silent', script], {
      cwd: root,
      env: { ...process.env, ...colours, TALLY_FILE: tallyFile },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-OUTPUT_LIMIT);
      });
    }
    if (pid !== undefined) running.add(pid);
    const limit = setTimeout(() => {
      output += `\nKilled after ${TIME_LIMIT_MS / 60_000} minutes.`;
      if (pid !== undefined) killGroup(pid);
    }, TIME_LIMIT_MS);
    const settle = () => {
      clearTimeout(limit);
      if (pid !== undefined) running.delete(pid);
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (exitCode) => {
      settle();
      // web-test-runner moves the cursor even where there is none.
      resolve({ exitCode, output: process.stdout.isTTY ? output : stripVTControlCharacters(output) });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
