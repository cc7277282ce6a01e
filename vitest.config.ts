import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    reporters: ['default', './test/reporters/vitest.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          // Loading the same modules anew for each of a hundred files took a third of the time. Nothing of ours keeps state
          // in a module that a test could find; who fakes a clock gives it back.
          isolate: false,
          // Vitest would leave a core to others; of two, that is half.
          maxWorkers: '100%',
          // Some start a process of their own; on a busy machine that alone takes seconds.
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          // Each file starts a proxy and a browser of its own, and mostly waits for them.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
