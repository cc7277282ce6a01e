import { chromeLauncher } from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import base from '../../web-test-runner.config.js';
import { firefoxOptions, firefoxPage } from './firefox.ts';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...base,
  browsers: [
    chromeLauncher({
      puppeteer,
      launchOptions: firefoxOptions(),
      createPage: ({ browser }) => firefoxPage(browser),
      // A tab in the background gets no frames.
      concurrency: 1,
    }),
  ],
};
