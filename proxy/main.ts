import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { createApp } from './app.ts';
import { importCommand } from './commands/import.ts';
import { readConfig, ConfigError, type Config } from './config.ts';
import { createDeps } from './deps.ts';
import { createLog } from './log.ts';

/** How long the last words may take to reach the shoppers, once all answers have ended. */
const FAREWELL_MS = 1_000;

const [command = 'serve', ...args] = process.argv.slice(2);
try {
  if (command === 'serve') await startProxy();
  else if (command === 'import') process.exitCode = await importCommand(args, console.log);
  else throw new ConfigError([`There is no command "${command}". There are: serve (the default), import.`]);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `Shop Clerk could not start. ${describe(error)}`);
  process.exit(1);
}

async function startProxy(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const sessionSecret = config.sessionSecret ?? (await keptSecret(config.dataDir));
  const log = createLog({ level: config.logLevel, secrets: [config.openai?.apiKey ?? '', sessionSecret] });

  const demo = config.openai && config.shop ? null : await import('../demo/index.ts');
  const demoModel = config.openai ? null : await demo!.startDemoModel();
  if (demoModel)
    log.warn('OPENAI_API_KEY is not set: the demo model answers. It knows a few phrases, not your shoppers.');

  const deps = await createDeps({
    config,
    shops: [config.shop ?? demo!.demoShop(config)],
    upstream: demoModel ? { apiKey: 'demo', baseUrl: demoModel.baseUrl } : config.openai!,
    demoModel: demoModel !== null,
    sessionSecret,
    version: await version(),
    log,
  });
  const recovered = await deps.turns.recover();
  if (recovered > 0) log.warn({ turns: recovered }, 'settled the turns that the last run left open');

  const server = await listen(createApp(deps).fetch, config);
  async function shutDown(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    await deps.turns.drain(config.shutdownGraceMs);
    server.closeIdleConnections();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, FAREWELL_MS))]);
    server.closeAllConnections();
    await deps.close();
    await demoModel?.close();
  }
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1); // asked twice: now
      stopping = true;
      log.info({ signal }, 'shutting down');
      void shutDown().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the shutdown failed');
          process.exit(1);
        },
      );
    });
  }

  const { port } = server.address() as { port: number };
  const host = ['0.0.0.0', '::'].includes(config.host) ? '127.0.0.1' : config.host;
  const address = `http://${host}:${port}/`;
  console.log(`Shop Clerk is at ${address}${config.shop ? '' : 'demo/'}`);
  if (config.shop) {
    console.log(`For your pages: <script src="${address}widget.js" defer data-shop="${config.shop.slug}"></script>`);
  }
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], { host, port }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
}

/** A secret of our own, so that a restart does not log every shopper out. */
async function keptSecret(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'session-secret');
  if (existsSync(file)) return readFile(file, 'utf8');
  const secret = randomBytes(32).toString('base64url');
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, secret, { mode: 0o600, flag: 'wx' });
  return secret;
}

async function version(): Promise<string> {
  const file = await readFile(path.resolve(import.meta.dirname, '../package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken. Stop what uses it, or choose another: PORT=8788 npm start`;
  if (code === 'EACCES') return `${error.message}. Choose another PORT or DATA_DIR.`;
  return error.message;
}
