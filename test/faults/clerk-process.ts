import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';

const door = path.resolve(import.meta.dirname, '../../proxy/start.js');

/** The proxy as a process that dies and comes back: the same port and the same data each time. */
export class ClerkProcess {
  readonly port: number;
  readonly #dataDir: string;
  readonly #env: Record<string, string>;
  #child: ChildProcess | null = null;

  private constructor(port: number, dataDir: string, env: Record<string, string>) {
    this.port = port;
    this.#dataDir = dataDir;
    this.#env = env;
  }

  static async create({ dataDir, env }: { dataDir: string; env: Record<string, string> }): Promise<ClerkProcess> {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    return new ClerkProcess(port, dataDir, env);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [door], {
      cwd: this.#dataDir,
      env: {
        PATH: process.env['PATH'],
        LOG_LEVEL: 'error',
        DATA_DIR: this.#dataDir,
        PORT: String(this.port),
        ...this.#env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    const [said] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown];
    if (!String(said).startsWith('Shop Clerk is at')) throw new Error(`the proxy did not start: ${String(said)}`);
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  /** Looks into the database as the dead process left it. */
  look<T>(question: (db: Database.Database) => T): T {
    const db = new Database(path.join(this.#dataDir, 'shop-clerk.sqlite'), { readonly: true });
    try {
      return question(db);
    } finally {
      db.close();
    }
  }
}
