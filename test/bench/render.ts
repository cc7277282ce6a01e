/**
 * What it costs the page's main thread to show an answer while it streams, beside the least that is possible (plain text
 * that is appended to) and the most common way (all of it parsed anew). All in one run and one browser, so that the ratios
 * hold on any machine though the times do not.
 */
import path from 'node:path';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import { build, type Rolldown } from 'vite';
import { chromium } from '../browser.ts';
import { longAnswer } from './render/answer.ts';

export type Way = 'plain text' | 'marked' | 'ours';

interface Row {
  name: string;
  way: Way;
  css: string;
}

/** Deltas of 4 characters, 8 of them a frame: about 500 a second. */
const STEP = 32;
const SIZES = [10_000, 20_000, 100_000];
const ROWS: Row[] = [
  { name: 'plain text, appended once a frame', way: 'plain text', css: '' },
  { name: 'Shop Clerk', way: 'ours', css: '' },
  {
    name: '… finished blocks contained',
    way: 'ours',
    css: 'shopclerk-prose > .settled { contain: layout style }',
  },
  {
    name: '… and skipped when out of sight',
    way: 'ours',
    css: 'shopclerk-prose > .settled { content-visibility: auto; contain-intrinsic-size: auto 60px }',
  },
  { name: 'all of it through marked once a frame', way: 'marked', css: '' },
];
/** 100 kB through marked take many minutes: there each 25th frame stands for all. */
const SAMPLED = 25;

export async function benchRender(rows: readonly Row[] = ROWS, sizes: readonly number[] = SIZES): Promise<void> {
  const script = await bundle();
  const options = await chromium();
  const browser = await puppeteer.launch({
    ...options,
    args: [...options.args, '--disable-frame-rate-limit', '--disable-gpu-vsync'],
  });
  try {
    const page = await browser.newPage();
    await page.evaluate(script);
    const cdp = await page.createCDPSession();
    await cdp.send('Performance.enable');
    // Once for warming up, so that no figure pays for compiling.
    for (const row of rows) await measure(page, cdp, row, 4000);
    for (const size of sizes) await benchSize(page, cdp, { rows, size });
  } finally {
    await browser.close();
  }
}

async function benchSize(page: Page, cdp: CDPSession, { rows, size }: { rows: readonly Row[]; size: number }) {
  const table: Record<string, unknown> = {};
  let floor: Measured | undefined;
  for (const row of rows) {
    const cost = await measure(page, cdp, row, size);
    floor ??= cost;
    table[row.name] = {
      'script + layout ms': Math.round(cost.own),
      '÷ plain': (cost.own / floor.own).toFixed(2),
      'main thread ms': Math.round(cost.task),
      '÷ plain, all': (cost.task / floor.task).toFixed(2),
      'longest task ms': cost.longest === 0 ? '< 50' : Math.round(cost.longest),
    };
  }
  console.log(`\nAn answer of ${size / 1000} kB, streamed`);
  console.table(table);
}

interface Measured {
  /** Script, style and layout. */
  own: number;
  /** All tasks of the main thread, painting too. */
  task: number;
  longest: number;
}

async function measure(page: Page, cdp: CDPSession, { way, css }: Row, size: number): Promise<Measured> {
  const every = way === 'marked' && size > 50_000 ? SAMPLED : 1;
  const before = await metrics(cdp);
  const run = JSON.stringify({ way, css, text: longAnswer(size), step: STEP, every });
  const longest = (await page.evaluate(`run(${run})`)) as number;
  const after = await metrics(cdp);
  const spent = (...names: string[]) =>
    names.reduce((sum, name) => sum + (after[name]! - before[name]!), 0) * 1000 * every;
  return {
    own: spent('ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'),
    task: spent('TaskDuration'),
    longest,
  };
}

async function metrics(cdp: CDPSession): Promise<Record<string, number>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      // Else its loader for preloads comes along, which a script that is no module can't have.
      modulePreload: false,
      rolldownOptions: {
        input: path.join(import.meta.dirname, 'render/page.ts'),
        output: { format: 'iife', codeSplitting: false },
      },
    },
  });
  return (output as Rolldown.RolldownOutput).output[0].code;
}
