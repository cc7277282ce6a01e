import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { NO_LIMITS } from '../fixtures/no-limits.ts';
import { start, type Running } from './processes.ts';

export interface Clerk extends Running {
  url: string;
}

/** The proxy as in production, with a data folder of its own, talking to a model at `openai`. */
export async function startClerk(script: string, openai: string): Promise<Clerk> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'shop-clerk-bench-'));
  const running = await start(script, {
    PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    NODE_ENV: 'production',
    OPENAI_API_KEY: 'bench',
    OPENAI_BASE_URL: openai,
    MAX_ACTIVE_TURNS: '5000',
    ...NO_LIMITS,
  });
  return {
    ...running,
    url: /http:\/\/[\d.:]+/.exec(running.said)![0],
    async stop() {
      await running.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
