import os from 'node:os';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

test.runIf(process.platform === 'linux')('a thread that steps back leaves all others where they were', async () => {
  const file = new URL('../../proxy/step-back.ts', import.meta.url).href;
  const code = `import os from 'node:os'; import { parentPort } from 'node:worker_threads';
    import { stepBack } from '${file}'; stepBack(); parentPort.postMessage(os.getPriority(0));`;
  const before = os.getPriority(0);
  const thread = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`));
  const [priority] = (await once(thread, 'message')) as [number];
  await thread.terminate();
  expect([priority, os.getPriority(0)]).toEqual([Math.max(10, before), before]);
});
