import type { Reporter, TestModule } from 'vitest/node';
import { writeTally, type Tally } from './tally.ts';

export default class VitestTally implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    writeTally([...modules.map(tallyOf), { passed: 0, failed: unhandledErrors.length }]);
  }
}

function tallyOf(module: TestModule): Tally {
  const states = [...module.children.allTests()].map((one) => one.result().state);
  const failed = states.filter((state) => state === 'failed').length;
  const fellOver = failed === 0 && !module.ok();
  return {
    passed: states.filter((state) => state === 'passed').length,
    failed: failed + (fellOver ? 1 : 0),
  };
}
