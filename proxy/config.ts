import path from 'node:path';
import { z } from 'zod';
import type { Shop } from './shops/types.ts';

/** What the proxy is told from outside, checked and complete. */
export interface Config {
  environment: 'development' | 'production' | 'test';
  host: string;
  port: number;
  dataDir: string;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Null is the demo model. */
  openai: { apiKey: string; baseUrl: string } | null;
  sessionSecret: string | undefined;
  maxMessageLength: number;
  maxActiveTurns: number;
  /** How long an answer is written on while nobody listens, in milliseconds. */
  turnDetachedMs: number;
  /** How long answers under way may still take after SIGTERM, in milliseconds. */
  shutdownGraceMs: number;
  /** Name of the model to ask. */
  model: string;
  /** Null is the demo store. */
  shop: Shop | null;
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

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://api.openai.com/v1' });

const origins = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .superRefine((list, context) => {
    for (const origin of list) {
      if (URL.canParse(origin) && new URL(origin).origin === origin && origin.startsWith('http')) continue;
      context.addIssue(`"${origin}" is no origin; write scheme, host and port only, such as https://shop.example`);
    }
  });

const locale = z.string().refine((tag) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}, 'must be a language tag, such as en or he');

const environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().default('127.0.0.1'),
  PORT: integer(8787, 0, 65_535),
  DATA_DIR: z.string().default('data'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  OPENAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be plain letters, digits and signs without a space or line break')
    .optional(),
  OPENAI_BASE_URL: httpUrl.default('https://api.openai.com/v1'),
  OPENAI_MODEL: z.string().default('gpt-6-luna'),
  SESSION_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; `openssl rand -base64 32` makes one')
    .optional(),
  MAX_MESSAGE_LENGTH: integer(4_000, 1, 100_000),
  MAX_ACTIVE_TURNS: integer(1_000, 1, 100_000),
  TURN_DETACHED_MS: integer(120_000, 0, 3_600_000),
  SHUTDOWN_GRACE_MS: integer(10_000, 0, 600_000),
  CATALOG_FILE: z.string().optional(),
  SHOP_SLUG: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and "-", such as my-shop')
    .default('shop'),
  SHOP_NAME: z.string().max(80).default('Our shop'),
  SHOP_LOCALE: locale.default('en'),
  SHOP_ORIGINS: origins.default([]),
  SHOP_PROMPT: z.string().max(20_000).default(''),
  SHOP_GREETING: z.string().max(500).optional(),
  SHOP_ACCENT: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f766e')
    .optional(),
});

/**
 * Reads the settings. An empty variable counts as not set.
 * @throws ConfigError with every problem at once, each with what to write instead
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  if (given['NODE_ENV'] === 'production' && given['OPENAI_API_KEY'] === undefined) {
    problems.push(
      'OPENAI_API_KEY is not set. In production the demo model does not answer: set the key of your model.',
    );
  }
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);

  const vars = parsed.data;
  const model = vars.OPENAI_API_KEY === undefined ? 'demo-model' : vars.OPENAI_MODEL;
  const config: Config = {
    environment: vars.NODE_ENV,
    host: vars.HOST,
    port: vars.PORT,
    dataDir: vars.DATA_DIR,
    logLevel: vars.LOG_LEVEL,
    openai: vars.OPENAI_API_KEY === undefined ? null : { apiKey: vars.OPENAI_API_KEY, baseUrl: vars.OPENAI_BASE_URL },
    model,
    sessionSecret: vars.SESSION_SECRET,
    maxMessageLength: vars.MAX_MESSAGE_LENGTH,
    maxActiveTurns: vars.MAX_ACTIVE_TURNS,
    turnDetachedMs: vars.TURN_DETACHED_MS,
    shutdownGraceMs: vars.SHUTDOWN_GRACE_MS,
    shop:
      vars.CATALOG_FILE === undefined
        ? null
        : {
            slug: vars.SHOP_SLUG,
            name: vars.SHOP_NAME,
            locale: vars.SHOP_LOCALE,
            origins: vars.SHOP_ORIGINS,
            prompt: vars.SHOP_PROMPT,
            greeting: vars.SHOP_GREETING === undefined ? {} : { [vars.SHOP_LOCALE]: vars.SHOP_GREETING },
            prompts: {},
            ...(vars.SHOP_ACCENT !== undefined && { accent: vars.SHOP_ACCENT }),
            model,
            catalogFile: path.resolve(vars.CATALOG_FILE),
          },
  };
  return Object.freeze(config);
}
