import { setTimeout as sleep } from 'node:timers/promises';
import { SourceError } from './source-error.ts';
import type { WebRequest } from './web.ts';
import { type ApiAnswer, judge, type Verdict } from './woocommerce-answer.ts';

export interface ApiOptions {
  /** Address of the shop's front page: `https://shop.example`, `https://example.org/shop`. */
  url: string;
  web: WebRequest;
  /** `/wc/v3` or `/wc/store/v1`. */
  namespace: string;
  /** The `Authorization` header for a request; asked for again with each attempt. Left out, it is asked without keys. */
  authorize?: (url: string) => string;
  /** Injected by tests. */
  wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

export interface Api {
  /**
   * Tries again where that may help (busy, under maintenance, rate limited, line broken), in bounded time.
   * @returns null when the shop has no item of that id
   * @throws SourceError in words for the shop's owner, without keys; `signal.reason` once that is aborted
   */
  get(path: string, params: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ApiAnswer | null>;
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 500;
/** Who asks for more patience is asked again by the next sync. */
const MAX_PAUSE_MS = 60_000;
const TIMEOUT_MS = 60_000;
/** 100 products are some 220 KB. */
const MAX_BYTES = 32 * 1024 * 1024;

/** REST of a WordPress shop: one `GET`, its retries, and its failures in words. */
export function createApi({ url, web, namespace, authorize, wait = pause }: ApiOptions): Api {
  const root = shopRoot(url);
  // A shop with "plain" permalinks has its API at another address; found out once, and only without keys, because
  // WooCommerce looks at those under /wp-json/ only.
  let plain = false;

  return {
    async get(path, params, signal) {
      for (let attempt = 1; ; attempt++) {
        signal.throwIfAborted();
        let verdict = await ask(path, params, signal);
        if (verdict.kind === 'page' && !plain && !authorize) {
          plain = true;
          const second = await ask(path, params, signal);
          if (second.kind === 'answer' || second.kind === 'missing') return second.answer;
          plain = false;
          verdict = second.kind === 'page' ? verdict : second;
        }
        if (verdict.kind === 'answer' || verdict.kind === 'missing') return verdict.answer;
        const { error } = verdict;
        const milliseconds = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
        if (verdict.kind !== 'again' || attempt === ATTEMPTS || milliseconds > MAX_PAUSE_MS) throw error;
        await wait(milliseconds, signal);
      }
    },
  };

  async function ask(path: string, params: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Verdict> {
    const address = addressOf(path, params);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (authorize) headers['authorization'] = authorize(address);
    const where = `${root}/wp-json${namespace}${path}`;
    try {
      const answer = await web(address, { headers, signal, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
      return judge({ answer, text: await answer.text(), where, keyed: authorize !== undefined });
    } catch (cause) {
      signal.throwIfAborted();
      const error = new SourceError(`${where} could not be read: ${(cause as Error).message.replace(/\.$/, '')}.`, {
        cause,
      });
      return { kind: 'again', error };
    }
  }

  function addressOf(path: string, params: Readonly<Record<string, string>>): string {
    const address = new URL(plain ? `${root}/` : `${root}/wp-json${namespace}${path}`);
    if (plain) address.searchParams.set('rest_route', `${namespace}${path}`);
    for (const [name, value] of Object.entries(params)) address.searchParams.set(name, value);
    return address.href;
  }
}

/** @throws SourceError for what is no address of a shop */
function shopRoot(url: string): string {
  if (!URL.canParse(url))
    throw new SourceError('The address of the shop is no URL; give it like https://shop.example.');
  const { protocol, origin, pathname } = new URL(url);
  if (!/^https?:$/.test(protocol)) throw new SourceError('The address of the shop must begin with https://.');
  return origin + pathname.replace(/\/+$/, '').replace(/\/wp-json(\/.*)?$/, '');
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
