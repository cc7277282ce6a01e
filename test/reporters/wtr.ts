import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner';
import { writeTally, type Tally } from './tally.ts';

/** Leaves the tally of the tests in the browser. */
export function wtrTally(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      writeTally(sessions.map(tallyOf));
    },
  };
}

function tallyOf(session: TestSession): Tally {
  const tests = session.testResults === undefined ? [] : testsOf(session.testResults).filter((one) => !one.skipped);
  const failed = tests.filter((one) => !one.passed).length;
  const fellOver = session.errors.length > 0 || (failed === 0 && session.passed !== true);
  return { passed: tests.length - failed, failed: failed + (fellOver ? 1 : 0) };
}

function testsOf(suite: TestSuiteResult): TestSuiteResult['tests'] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
