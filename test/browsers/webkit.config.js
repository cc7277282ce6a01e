import base from '../../web-test-runner.config.js';
import { webkitLauncher } from './webkit-launcher.ts';

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default { ...base, browsers: [webkitLauncher()] };
