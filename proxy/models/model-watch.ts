import type { Guard } from '../outbound/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import { pricesOf } from './pricing.ts';
import type { ModelWarning } from './types.ts';
import { createUpstream } from './upstream.ts';

const DAY_MS = 24 * 60 * 60_000;
/** A model that ends within so many days is told of. */
const NEAR_DAYS = 30;
const TIMEOUT_MS = 10_000;
/** OpenRouter lists some hundred models with all there is to say of them. */
const MAX_BYTES = 8 * 1024 * 1024;
/** Lists asked one after another; shops that name more have the rest unwatched. */
const MAX_LISTS = 200;

export interface ModelWatchOptions {
  /** Asked at each run: settings change while the proxy runs. */
  choices: () => readonly ModelChoice[];
  guard: Guard;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  everyMs?: number;
}

export interface ModelWatch {
  warnings(): readonly ModelWarning[];
  /** Looks now; never rejects. For the start and for when shops have changed; once a day it looks by itself. */
  look(): Promise<void>;
  stop(): void;
}

interface Listed {
  id: string;
  shutdownDate: string | null;
}

/**
 * Looks once a day whether the providers still have the shops' models, for how long, and whether their prices are known.
 * Servers that give no list, or none that can be read, are left alone, and nothing waits for any of them.
 */
export function createModelWatch(options: ModelWatchOptions): ModelWatch {
  const { choices, guard, log, now = Date.now, everyMs = DAY_MS } = options;
  const stop = new AbortController();
  const fetchers = {
    own: createUpstream({ maxBytes: MAX_BYTES }),
    guarded: createUpstream({ guard, maxBytes: MAX_BYTES }),
  };
  let warnings: ModelWarning[] = [];
  let looks = 0;

  async function listOf({ baseUrl, apiKey, guarded }: ModelChoice): Promise<Listed[] | null> {
    try {
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const headers = { authorization: `Bearer ${apiKey.reveal()}`, accept: 'application/json' };
      const ask = guarded ? fetchers.guarded : fetchers.own;
      const response = await ask(`${baseUrl.replace(/\/$/, '')}/models`, { headers, signal });
      return response.status === 200 ? readList(await response.text()) : null;
    } catch {
      // Whatever is wrong with this server, the first shopper's question meets it where it is handled and told.
      return null;
    }
  }

  async function look(): Promise<void> {
    const mine = ++looks;
    const lists = new Map<string, Promise<Listed[] | null>>();
    const found = new Map<string, ModelWarning>();
    const note = (warning: ModelWarning) => found.set(JSON.stringify(warning), warning);
    for (const choice of choices()) {
      if (!pricesOf(choice)) note({ model: choice.model, kind: 'unpriced' });
      // Azure lists models, and is asked for deployments.
      if (new URL(choice.baseUrl).hostname.endsWith('.azure.com')) continue;
      const place = JSON.stringify([choice.baseUrl, choice.apiKey.reveal(), choice.guarded]);
      if (!lists.has(place) && lists.size >= MAX_LISTS) continue;
      const list = lists.get(place) ?? listOf(choice);
      lists.set(place, list);
      const warning = warningOf(choice.model, await list, now());
      if (warning) note(warning);
    }
    // A slow provider may hold one look up beyond the next, which knows the shops as they are now.
    if (stop.signal.aborted || mine !== looks) return;
    warnings = [...found.values()];
    // A model without a price is told of when it is first asked, by `createBilling`.
    for (const warning of warnings) if (warning.kind !== 'unpriced') log.warn(warning, messageOf(warning));
  }

  const timer = setInterval(() => void look(), everyMs).unref();
  return {
    warnings: () => warnings,
    look,
    stop() {
      clearInterval(timer);
      stop.abort();
    },
  };
}

/** An empty list says nothing of a server's models. */
function warningOf(model: string, list: Listed[] | null, now: number): ModelWarning | undefined {
  if (list === null || list.length === 0) return undefined;
  const listed = list.find(({ id }) => id === model);
  if (!listed) {
    // Ollama adds `:latest`, and gateways take `:free` and the like.
    const base = model.split(':')[0];
    return list.some(({ id }) => id.split(':')[0] === base) ? undefined : { model, kind: 'unknown' };
  }
  const { shutdownDate } = listed;
  if (shutdownDate === null || !(Date.parse(shutdownDate) - now <= NEAR_DAYS * DAY_MS)) return undefined;
  return { model, kind: 'shutdown', date: shutdownDate };
}

function messageOf({ kind }: ModelWarning): string {
  return kind === 'unknown'
    ? 'the provider lists no such model'
    : 'the provider shuts this model down: choose another one';
}

/** @throws SyntaxError for what is no JSON */
function readList(text: string): Listed[] | null {
  const { data } = (JSON.parse(text) ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return null;
  return data.flatMap((entry: { id?: unknown; shutdown_date?: unknown } | null) => {
    if (typeof entry?.id !== 'string') return [];
    return [{ id: entry.id, shutdownDate: typeof entry.shutdown_date === 'string' ? entry.shutdown_date : null }];
  });
}
