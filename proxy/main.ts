import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { createApp, serverOptions } from './app.ts';
import { accountsCommand } from './commands/accounts.ts';
import { backupCommand } from './commands/backup.ts';
import { checkCommand } from './commands/check.ts';
import { docsCommand } from './commands/docs.ts';
import { doctorCommand } from './commands/doctor.ts';
import { findingsCommand } from './commands/findings.ts';
import { gapsCommand } from './commands/gaps.ts';
import { importCommand } from './commands/import.ts';
import { messagesCommand } from './commands/messages.ts';
import { restoreCommand } from './commands/restore.ts';
import { rotateSecretCommand } from './commands/rotate-secret.ts';
import { syncCommand } from './commands/sync.ts';
import { forTerminal, print } from './commands/terminal.ts';
import { usageCommand } from './commands/usage.ts';
import { CONFIG_VARIABLES, ConfigError, inspectConfig, type Config } from './config.ts';
import { createDeps } from './deps.ts';
import { contextWarnings, findShops, limitsOfEnvironment, unknownVariables } from './find-shops.ts';
import { keptSecrets } from './kept-secrets.ts';
import { createLog } from './log.ts';
import type { Shop } from './shops/types.ts';
import { tellTraceTrouble } from './trace-trouble.ts';

type ReadShops = NonNullable<Parameters<typeof createDeps>[0]['readShops']>;

/** How long the last words may take to reach the shoppers, once all answers have ended. */
const FAREWELL_MS = 1_000;
/** Stands where a model's address has to be while none is needed. */
const NO_MODEL = 'http://127.0.0.1/v1';

const [command = 'serve', ...args] = process.argv.slice(2);
const commands: Record<string, () => Promise<number | void>> = {
  serve: startProxy,
  accounts: ofShops(accountsCommand),
  /** Whatever is wrong with the shops, their data can be kept. */
  backup: () => backupCommand(args, { config: inspectEnvironment().config, ...stoppable() }),
  check,
  docs: async () => docsCommand(args, await longWork()),
  doctor: async () => doctorCommand(args, { version: await version(), ...stoppable() }),
  findings: ofShops(findingsCommand),
  gaps: ofShops(gapsCommand),
  import: () => importCommand(args, console.log),
  messages: ofShops(messagesCommand),
  restore: () => restoreCommand(args, { config: inspectEnvironment().config, print }),
  'rotate-secret': () => rotateSecretCommand(inspectEnvironment().config, console.log),
  sync: async () => syncCommand(args, await longWork()),
  usage: ofShops(usageCommand),
};
try {
  const run = Object.hasOwn(commands, command) ? commands[command] : undefined;
  if (!run) {
    const names = Object.keys(commands).map((name) => (name === 'serve' ? 'serve (the default)' : name));
    throw new ConfigError([`There is no command "${command}". There are: ${names.join(', ')}.`]);
  }
  const code = await run();
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `Shop Clerk could not start. ${describe(error)}`);
  process.exit(1);
}

function inspectEnvironment() {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return inspectConfig(process.env);
}

async function check(): Promise<number> {
  const { environment } = inspectEnvironment().config;
  return checkCommand(await readSettings(environment === 'production' ? null : NO_MODEL), print);
}

/** A command that reads or changes what is kept of the shops. */
function ofShops(
  run: (
    args: readonly string[],
    options: { shops: readonly string[]; dataDir: string; print: typeof print },
  ) => Promise<number>,
) {
  return async function ofShops(): Promise<number> {
    const { config, shops } = await readSettings(NO_MODEL);
    return run(args, { shops: shops.map(({ slug }) => slug), dataDir: config.dataDir, print });
  };
}

/** For a command that takes its time, and may be stopped. @throws ConfigError */
async function longWork() {
  const { config, shops, problems } = await readSettings(NO_MODEL);
  if (problems.length > 0) throw new ConfigError(problems);
  return { shops, config, version: await version(), ...stoppable() };
}

function stoppable() {
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort(new Error('Stopped.')));
  return {
    signal: stop.signal,
    print,
    // Progress is for somebody who watches, and goes where it doesn't get into what is piped on.
    ...(process.stderr.isTTY && {
      show: (line: string) => void process.stderr.write(`\r\u001b[K${forTerminal(line)}`),
    }),
  };
}

/** Null where a model of the owner's answers, or none may. */
async function startDemoModel({ openai, environment }: Config) {
  if (openai.apiKey !== null || environment === 'production') return null;
  return (await import('../demo/index.ts')).startDemoModel();
}

/** All settings, with all that is wrong with them. */
async function readSettings(demoModelUrl: string | null) {
  const { config, problems } = inspectEnvironment();
  const options = { config, env: process.env, demoModelUrl };
  let readings: Awaited<ReturnType<ReadShops>> = await findShops(options);
  // Decided once: nobody expects the demo stores in a running proxy because the last shop's file is gone.
  const demoStore = readings.length === 0;
  const demo = demoStore && (await import('../demo/index.ts'));
  const further = demo && demo.demoShops(limitsOfEnvironment(process.env));
  const readShops: ReadShops = (desk) => findShops({ ...options, ...(further && { further }), ...(desk && { desk }) });
  if (further) readings = await readShops();
  const variables = readings.flatMap((reading) => reading.variables);
  return {
    config,
    demoStores: demo ? demo.createDemoStores() : null,
    readShops,
    shops: readings.flatMap(({ shop }) => shop ?? []),
    problems: [...problems, ...readings.flatMap((reading) => reading.problems)],
    warnings: [
      ...unknownVariables(process.env, [...CONFIG_VARIABLES, ...variables]),
      ...contextWarnings(readings.flatMap(({ shop }) => shop ?? [])),
    ],
  };
}

async function startProxy(): Promise<void> {
  const demoModel = await startDemoModel(inspectEnvironment().config);
  const { config, demoStores, shops, readShops, problems, warnings } = await readSettings(demoModel?.baseUrl ?? null);
  if (problems.length > 0) throw new ConfigError(problems);
  const sessionSecrets =
    config.sessionSecrets.length > 0 ? config.sessionSecrets : await keptSecrets(config.dataDir, 'session-secret');
  const [addressKey] = await keptSecrets(config.dataDir, 'address-key');
  const secrets = [
    config.openai.apiKey ?? '',
    config.adminToken ?? '',
    config.mail?.password ?? '',
    ...sessionSecrets,
    addressKey!,
  ];
  const log = createLog({ level: config.logLevel, secrets });
  // Who asks an SDK to say more gets its own words.
  if (process.env['OTEL_LOG_LEVEL'] === undefined) tellTraceTrouble({ log });
  for (const warning of warnings) log.warn(warning);
  if (demoModel)
    log.warn('OPENAI_API_KEY is not set: the demo model answers. It knows a few phrases, not your shoppers.');

  const deps = await createDeps({
    config,
    shops,
    readShops,
    demoModel: demoModel !== null,
    demoStores,
    sessionSecrets,
    addressKey: addressKey!,
    version: await version(),
    log,
  });
  const recovered = await deps.turns.recover();
  if (recovered > 0) log.warn({ turns: recovered }, 'settled the turns that the last run left open');

  const server = await listen(createApp(deps).fetch, config);
  // Who closes a terminal wants the proxy in it to end; a service gets SIGHUP only from somebody who means it.
  if (!process.stdin.isTTY) process.on('SIGHUP', () => void deps.reloadShops());
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
  welcome(`http://${host}:${port}/`, demoStores ? null : shops);
}

/** Null is the demo store. */
function welcome(address: string, shops: readonly Shop[] | null): void {
  console.log(`Shop Clerk is at ${address}${shops ? '' : 'demo/'}`);
  for (const { name, slug } of shops ?? []) {
    const whose = shops!.length === 1 ? 'your pages' : `the pages of ${name}`;
    console.log(`For ${whose}: <script src="${address}widget.js" defer data-shop="${slug}"></script>`);
  }
}

function listen(fetch: Parameters<typeof serve>[0]['fetch'], { host, port }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname: host, port, serverOptions }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
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
