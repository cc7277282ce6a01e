import { SourceError } from './source-error.ts';
import type { WebAnswer } from './web.ts';

export interface ApiAnswer {
  json: unknown;
  /** Of a list: how many items and pages there are, where the shop says so. */
  total: number | undefined;
  totalPages: number | undefined;
}

/** What an answer of the shop means: use it, there is no such item, ask again, give up; `page` is HTML where JSON belongs. */
export type Verdict =
  | { kind: 'answer'; answer: ApiAnswer }
  | { kind: 'missing'; answer: null }
  | { kind: 'again' | 'final' | 'page'; error: SourceError };

export interface Exchange {
  answer: WebAnswer;
  text: string;
  /** The address that was asked, without its query. */
  where: string;
  keyed: boolean;
}

export function judge(exchange: Exchange): Verdict {
  const { answer, text, where, keyed } = exchange;
  const { status, headers } = answer;
  const final = (message: string): Verdict => ({ kind: 'final', error: new SourceError(`${where} ${message}`) });

  // A signature is for one address, and Basic keys belong to nobody else.
  const asked = new URL(where);
  const came = URL.canParse(answer.url) ? new URL(answer.url) : asked;
  if (keyed && came.origin !== asked.origin) {
    return final(`leads on to ${came.origin}: give that as the address of the shop.`);
  }
  const retryAfterMs = retryAfter(headers);
  if (status === 429 || status === 502 || status === 503 || status === 504) {
    const state =
      status === 503 ? 'is busy or being updated' : status === 429 ? 'was asked too often' : 'has no answer';
    return again(`${where} ${state} (HTTP ${status})${inSeconds(retryAfterMs)}.`, retryAfterMs);
  }
  const json = /\bjson\b/i.test(headers.get('content-type') ?? '') ? parsed(text) : undefined;
  if (json === undefined) {
    if (status === 401 || status === 403) {
      return final(
        `is closed (HTTP ${status}): a firewall, a password of the server or a security plug-in answers there.`,
      );
    }
    if (status >= 500) return again(`${where} failed (HTTP ${status}).`, retryAfterMs);
    const page = keyed
      ? 'WooCommerce takes keys only at this address: under Settings → Permalinks choose anything but "Plain".'
      : 'Is this the address of the shop, and is WooCommerce active? A cache or security plug-in may also block it.';
    const error = new SourceError(`${where} answered with a web page, not with JSON (HTTP ${status}). ${page}`);
    return { kind: 'page', error };
  }
  if (status >= 200 && status < 300) {
    const [total, totalPages] = [count(headers.get('x-wp-total')), count(headers.get('x-wp-totalpages'))];
    return { kind: 'answer', answer: { json, total, totalPages } };
  }
  const { code, message } = errorOf(json);
  // With this code and not by the status: 400 is what the Store API answers to too many requests.
  if (code === 'rate_limit_exceeded') {
    return again(`${where} was asked too often (${code})${inSeconds(retryAfterMs)}.`, retryAfterMs);
  }
  if (status === 404 && code.endsWith('_invalid_id')) return { kind: 'missing', answer: null };
  if (status === 401 || status === 403) return refused(exchange, code, message);
  if (status === 404) return final(`does not exist (${code}): is WooCommerce active, in version 6 or later?`);
  if (status >= 500) return again(`${where} failed (HTTP ${status}, ${code}).`, retryAfterMs);
  return final(`refused the question (HTTP ${status}, ${code}).`);
}

function refused({ where, answer }: Exchange, code: string, message: string): Verdict {
  // Another request with the same nonce came first, or an earlier attempt arrived after all: the next one is signed anew.
  if (/nonce/i.test(message)) return again(`${where} has seen this signature before (${code}).`, undefined);
  const reason = /timestamp/i.test(message)
    ? 'the clocks of this computer and of the shop are more than 15 minutes apart.'
    : /secret|signature/i.test(message)
      ? 'the consumer secret does not belong to the consumer key.'
      : 'the shop does not know this consumer key, or never got it (some servers drop the Authorization header), or its user may not read products. Make one with "Read" permission under WooCommerce → Settings → Advanced → REST API.';
  return {
    kind: 'final',
    error: new SourceError(`${where} refused the key (HTTP ${answer.status}, ${code}): ${reason}`),
  };
}

function again(message: string, retryAfterMs: number | undefined): Verdict {
  return { kind: 'again', error: new SourceError(message, retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Seconds or a date; the Store API has a header of its own. */
function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after') ?? headers.get('ratelimit-retry-after');
  if (value === null) return undefined;
  const milliseconds = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : undefined;
}

function inSeconds(milliseconds: number | undefined): string {
  return milliseconds === undefined ? '' : `; it asks to be left alone for ${Math.ceil(milliseconds / 1_000)} seconds`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // As good as a web page: PHP's warnings stand before the JSON, or the line broke.
    return undefined;
  }
}

/** The shop's own words stay out of our messages: they are HTML, and whoever answers there wrote them. */
function errorOf(json: unknown): { code: string; message: string } {
  const { code, message } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  return {
    code: typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : 'no code',
    message: typeof message === 'string' ? message.slice(0, 500) : '',
  };
}

function count(header: string | null): number | undefined {
  return header !== null && /^\d{1,9}$/.test(header.trim()) ? Number(header) : undefined;
}
