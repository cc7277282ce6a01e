import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { mailFrom, smtpUrl, type MailSettings } from './handoff/mail-settings.ts';
import { WIRES, type WireName } from './models/types.ts';
import { wording } from './wording.ts';

/** What the proxy is told from outside, checked and complete; what its shops are told is read in shops/. */
export interface Config {
  environment: 'development' | 'production' | 'test';
  host: string;
  port: number;
  dataDir: string;
  /** Folder with a JSON file for each shop; it need not exist. */
  shopsDir: string;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** The model of every shop that names none of its own; without a key the demo model answers. */
  openai: { apiKey: string | null; baseUrl: string; model: string; wire: WireName };
  /** The first one signs, all verify; none has one made and kept in `dataDir`. */
  sessionSecrets: readonly string[];
  /** Who may have catalogues read over HTTP; null is nobody. */
  adminToken: string | null;
  /** What sends messages of shoppers on to shops that want them as e-mail; null is nothing. */
  mail: MailSettings | null;
  /** Whose X-Forwarded-For is believed: addresses, CIDR ranges, `loopback`. */
  trustProxy: readonly string[];
  /** Lets URLs of shops lead into the private network. For development only. */
  allowPrivateNetwork: boolean;
  maxActiveTurns: number;
  /** How long an answer is written on while nobody listens, in milliseconds. */
  turnDetachedMs: number;
  /** How long answers under way may still take after SIGTERM, in milliseconds. */
  shutdownGraceMs: number;
}

export class ConfigError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`These settings need mending:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

const integer = (fallback: number, min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback);

const list = z.string().transform((text) => text.split(',').flatMap((entry) => entry.trim() || []));

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(8787, 0, 65_535),
  DATA_DIR: z.string().default('data'),
  SHOPS_DIR: z.string().default('shops'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be plain letters, digits and signs without a space or line break')
    .optional(),
  OPENAI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://api.openai.com/v1' })
    .default('https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().default('gpt-6-luna'),
  OPENAI_WIRE: z.enum(WIRES).default('responses'),
  SESSION_SECRET: list
    .refine(
      (secrets) => secrets.every((secret) => secret.length >= 32),
      'must have at least 32 characters, each of several apart by commas; `openssl rand -base64 32` makes one',
    )
    .refine((secrets) => secrets.length <= 10, 'must hold at most 10, apart by commas')
    .default([]),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{32,}$/, 'must have at least 32 characters and no space; `openssl rand -base64 32` makes one')
    .optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  TRUST_PROXY: list
    .superRefine((entries, context) => {
      for (const entry of entries) {
        // ipaddr.js alone takes `1` for an address.
        if (entry === 'loopback' || isIP(entry) !== 0) continue;
        if (isIP(entry.split('/')[0]!) !== 0 && ipaddr.isValidCIDR(entry)) continue;
        context.addIssue(`"${entry}" is no address; write such as 10.0.0.5, 10.0.0.0/8 or loopback`);
      }
    })
    .default([]),
  ALLOW_PRIVATE_NETWORK: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .default(false),
  MAX_ACTIVE_TURNS: integer(1_000, 1, 100_000),
  TURN_DETACHED_MS: integer(120_000, 0, 3_600_000),
  SHUTDOWN_GRACE_MS: integer(10_000, 0, 600_000),
});

export const CONFIG_VARIABLES: readonly string[] = Object.keys(environment.shape);

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings. An empty variable counts as not set.
 * @throws ConfigError with every problem at once, each with what to write instead
 */
export function readConfig(env: Environment): Config {
  const { config, problems } = inspectConfig(env);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** The settings and what is wrong with them; in place of a wrong one stands its default. */
export function inspectConfig(env: Environment): { config: Config; problems: string[] } {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given, { error: wording });
  const issues = parsed.error?.issues ?? [];
  for (const issue of issues) delete given[String(issue.path[0])];
  const vars = environment.parse(given);
  const lonely = lonelyMail(env);
  const config: Config = {
    environment: vars.NODE_ENV,
    host: vars.HOST,
    port: vars.PORT,
    dataDir: vars.DATA_DIR,
    shopsDir: vars.SHOPS_DIR,
    logLevel: vars.LOG_LEVEL,
    openai: {
      apiKey: vars.OPENAI_API_KEY ?? null,
      baseUrl: vars.OPENAI_BASE_URL,
      model: vars.OPENAI_MODEL,
      wire: vars.OPENAI_WIRE,
    },
    sessionSecrets: vars.SESSION_SECRET,
    adminToken: vars.ADMIN_TOKEN ?? null,
    mail: vars.SMTP_URL && vars.MAIL_FROM ? { ...vars.SMTP_URL, from: vars.MAIL_FROM } : null,
    trustProxy: vars.TRUST_PROXY,
    allowPrivateNetwork: vars.ALLOW_PRIVATE_NETWORK,
    maxActiveTurns: vars.MAX_ACTIVE_TURNS,
    turnDetachedMs: vars.TURN_DETACHED_MS,
    shutdownGraceMs: vars.SHUTDOWN_GRACE_MS,
  };
  return {
    config: Object.freeze(config),
    problems: [...issues.map((issue) => `${String(issue.path[0])} ${issue.message}`), ...lonely],
  };
}

/** A server needs a sender, and a sender a server. */
function lonelyMail({ SMTP_URL = '', MAIL_FROM = '' }: Environment): string[] {
  if ((SMTP_URL === '') === (MAIL_FROM === '')) return [];
  return [SMTP_URL === '' ? 'SMTP_URL is missing: MAIL_FROM needs it' : 'MAIL_FROM is missing: SMTP_URL needs it'];
}
