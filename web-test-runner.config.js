import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import { chromium } from './test/browser.ts';
import { wtrTally } from './test/reporters/wtr.ts';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/widget/**/*.browser.ts', 'test/desk/**/*.browser.ts'],
  // The development builds: Lit then throws when a class field hides a reactive property.
  nodeResolve: true,
  // Not the default 'auto', which would leave what this Chromium can't parse to Chromium.
  plugins: [esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: [chromeLauncher({ puppeteer, launchOptions: await chromium() })],
  // axe takes its time on a busy machine; mocha's own limit is 2 s.
  testFramework: { config: { timeout: 15_000 } },
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  reporters: [defaultReporter(), wtrTally()],
};
