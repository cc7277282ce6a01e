import type { Certificate, Outbound } from '../outbound/types.ts';
import { examineStream } from './examine-stream.ts';
import { fail, ok, warn, type Finding } from './types.ts';

export interface ProxyOptions {
  proxy: URL;
  shop: string | null;
  /** Where the shop's page is. */
  page: URL;
  outbound: Outbound;
  certificateOf(url: URL, signal: AbortSignal): Promise<Certificate>;
  signal: AbortSignal;
  now: () => number;
}

/** As `/api/health` says it; a proxy of another release may leave things out. */
interface Health {
  status?: string;
  missing_vars?: string[];
  checks?: {
    catalogue?: { status: string; products: number; synced_at: string | null };
    documents?: { failed: number };
    disk?: { status: string };
    model?: {
      status: string;
      warnings: { model: string; kind: string; date?: string }[];
      circuits: { model: string; state: string; last_error: string | null }[];
    };
  };
}

const TIMEOUT_MS = 20_000;
const DAY_MS = 24 * 60 * 60_000;
const CLOCK_MS = { warn: 60_000, fail: 300_000 };
const TLS_DAYS = 14;
const HOUR_MS = 3_600_000;

/** What the proxy says of itself, and how it is reached. */
export async function examineProxy(options: ProxyOptions): Promise<Finding[]> {
  const { proxy, shop, page, outbound, signal, now } = options;
  const findings: Finding[] = [];
  const origin = page.origin;
  const headers = { origin };
  const asked = now();
  const url = new URL('/api/health', proxy).href;
  try {
    const answer = await outbound.request(url, { signal, timeoutMs: TIMEOUT_MS, maxBytes: 256_000, headers });
    const health = readJson(await answer.text()) as Health | null;
    if (health?.status === undefined) {
      return [
        fail(
          'proxy',
          `${url} answers ${answer.status}, and not as Shop Clerk does.`,
          'Check the address in the tag, and that the web server leads /api/ to the proxy.',
        ),
      ];
    }
    findings.push(...healthFindings(health, now()));
    findings.push(...clockFinding(answer.headers.get('date'), asked, now()));
  } catch (error) {
    signal.throwIfAborted();
    const fix = tlsFix(error);
    if (fix !== undefined) return [fail('tls', (error as Error).message, fix)];
    return [fail('proxy', (error as Error).message, `Start the proxy, and lead ${proxy.origin} to it.`)];
  }
  if (shop !== null) findings.push(await shopFinding(options, shop));
  findings.push(...(await attempt('stream', signal, () => examineStream(proxy, { outbound, signal, origin, now }))));
  if (proxy.protocol === 'https:') findings.push(...(await attempt('tls', signal, () => tlsFindings(options))));
  return findings;
}

function* healthFindings({ status, missing_vars = [], checks = {} }: Health, now: number): Generator<Finding> {
  if (status === 'ok') yield ok('health', 'The proxy is well.');
  else if (status === 'degraded')
    yield warn('health', 'The proxy serves, but not all is well.', 'What is named below; /api/health has it all.');
  else yield fail('health', `The proxy is ${status}.`, 'Its log says why; docs/operations.md what to do.');
  if (missing_vars.length > 0)
    yield warn('settings', `${missing_vars.join(', ')} is not set.`, 'Set it: until then the demo model answers.');
  const { catalogue, documents, disk, model } = checks;
  if (catalogue) {
    const age = catalogue.synced_at === null ? null : now - Date.parse(catalogue.synced_at);
    const says = `${catalogue.products} products${age === null ? '' : `, looked at ${Math.max(0, Math.round(age / HOUR_MS))} hours ago`}.`;
    if (catalogue.products === 0) yield fail('catalogue', says, 'npm run sync says what keeps it empty.');
    else if (catalogue.status === 'ok') yield ok('catalogue', says);
    else yield warn('catalogue', `${says} The last sync is ${catalogue.status}.`, 'npm run sync says why.');
  }
  if (documents && documents.failed > 0)
    yield warn(
      'documents',
      `${documents.failed} documents could not be read.`,
      'npm run docs -- list names them and the reason.',
    );
  if (disk?.status === 'low') yield warn('disk', 'The disk of the proxy is nearly full.', 'Make room under DATA_DIR.');
  for (const { model: name, state, last_error } of model?.circuits ?? [])
    if (state !== 'closed')
      yield fail(
        'model',
        `${name} is not asked at the moment: ${last_error ?? 'it failed'}.`,
        'A key or a credit to mend at the provider, or its own trouble; a fallback model keeps shoppers served.',
      );
  for (const { model: name, kind, date } of model?.warnings ?? []) {
    if (kind === 'shutdown') {
      const soon = Date.parse(date ?? '') - now < DAY_MS;
      const say = soon ? fail : warn;
      yield say('model', `Its provider ends ${name} on ${date}.`, 'Choose another model before that day.');
    } else if (kind === 'unknown')
      yield fail('model', `Its provider does not know ${name}.`, 'Check its name in the settings.');
    else
      yield warn(
        'model',
        `Nobody knows what ${name} costs.`,
        'Give its prices in the settings, or limits in money do not hold.',
      );
  }
}

function* clockFinding(date: string | null, asked: number, answered: number): Generator<Finding> {
  const theirs = Date.parse(date ?? '');
  if (Number.isNaN(theirs)) return;
  // It says whole seconds, and was written somewhere between the two.
  const off = Math.max(0, asked - theirs - 1_000, theirs - answered);
  const says = `The clock of the proxy and the one here are ${Math.round(off / 1_000)} s apart.`;
  const fix =
    'Switch on time synchronisation (NTP) on both: sign-in tokens, budgets by the day and opening hours go by it.';
  yield off > CLOCK_MS.fail
    ? fail('clock', says, fix)
    : off > CLOCK_MS.warn
      ? warn('clock', says, fix)
      : ok('clock', 'The clocks agree.');
}

async function shopFinding({ proxy, page, outbound, signal }: ProxyOptions, shop: string): Promise<Finding> {
  const url = new URL(`/api/shops/${encodeURIComponent(shop)}`, proxy).href;
  try {
    const { origin } = page;
    const answer = await outbound.request(url, {
      signal,
      timeoutMs: TIMEOUT_MS,
      maxBytes: 256_000,
      headers: { origin },
    });
    const { error } = (readJson(await answer.text()) ?? {}) as { error?: { code: string; message: string } };
    if (answer.status === 404)
      return fail('shop', `The proxy has no shop "${shop}".`, 'Check data-shop; npm run check lists the slugs.');
    if (error?.code === 'origin_not_allowed')
      return fail(
        'origin',
        `The shop does not let ${origin} use it.`,
        `Add "${origin}" to "origins" in the shop's file, or to SHOP_ORIGINS where it has none.`,
      );
    if (answer.status !== 200)
      return fail('shop', `The proxy answers ${answer.status} for the shop "${shop}".`, 'Its log says why.');
    const allowed = answer.headers.get('access-control-allow-origin');
    if (page.origin !== proxy.origin && allowed !== origin)
      return fail(
        'origin',
        `The answer allows ${allowed ?? 'no page'}, not ${origin}: something on the way changes its headers, or keeps it for all.`,
        'Let the web server pass Access-Control-Allow-Origin and Vary as they are, and cache nothing under /api/.',
      );
    return ok('origin', `The shop "${shop}" is there and lets ${origin} use it.`);
  } catch (error) {
    signal.throwIfAborted();
    return fail('shop', (error as Error).message, 'Try again; if it stays, look at the web server before the proxy.');
  }
}

const TRUSTED = 'Use a certificate that browsers trust, with the whole chain of its issuers (nginx: fullchain.pem).';
/** By what Node says of a certificate that browsers refuse as well. */
const TLS_FIXES: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'Renew the certificate; whoever does that by itself has stopped doing so.',
  CERT_NOT_YET_VALID: 'Set the clocks, or wait: the certificate begins later.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'Give the web server a certificate for this name, or correct the address in the tag.',
  DEPTH_ZERO_SELF_SIGNED_CERT: TRUSTED,
  SELF_SIGNED_CERT_IN_CHAIN: TRUSTED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: TRUSTED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: TRUSTED,
};

function tlsFix(error: unknown): string | undefined {
  const { cause } = error as { cause?: { code?: string } };
  return TLS_FIXES[cause?.code ?? ''];
}

async function tlsFindings({ proxy, certificateOf, signal, now }: ProxyOptions): Promise<Finding[]> {
  const { validTo, protocol } = await certificateOf(proxy, signal);
  const days = Math.floor((validTo - now()) / DAY_MS);
  return [
    days < TLS_DAYS
      ? (days < 2 ? fail : warn)(
          'tls',
          `The certificate ends in ${days} days.`,
          'Renew it; whoever does that by itself should have done so.',
        )
      : ok('tls', `The certificate is good for ${days} days.`),
    protocol === 'h2'
      ? ok('http', 'HTTP/2: any number of tabs can stream.')
      : warn(
          'http',
          'HTTP/1.1 only: a browser opens six connections to a host, and each tab with an answer under way holds one.',
          'Switch on HTTP/2 in the web server before the proxy (nginx: http2 on).',
        ),
  ];
}

async function attempt(check: string, signal: AbortSignal, look: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await look();
  } catch (error) {
    signal.throwIfAborted();
    return [fail(check, (error as Error).message, 'Mend this first, then look again.')];
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not ours, then.
    return null;
  }
}
