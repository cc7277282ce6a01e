/** A process that begins and ends calls of a model until it is killed, or nobody listens; says a line for each that has ended. */
import { openSqlite } from '../../../proxy/storage/index.ts';
import { account, call, reservation } from './spending-calls.ts';

const storage = openSqlite({ file: process.argv[2]! });
for (let n = 1; ; n++) {
  const createdAt = Date.UTC(2026, 10, 1 + (n % 28));
  const begun = await storage.beginUsage(call({ createdAt }), reservation({ tokens: 9, microUsd: 9 }, account()));
  if (begun.outcome !== 'begun') throw new Error(begun.outcome);
  await storage.endUsage(begun.id, { ...call(), estimated: false, inputTokens: n, costMicroUsd: n, outcome: 'ok' });
  if (n % 2 === 0) await storage.addCachedUsage(call({ createdAt }));
  process.stdout.write(`${n}\n`);
  // Without a turn of the event loop it would never hear that its reader is gone.
  if (n % 20 === 0) await new Promise(setImmediate);
}
