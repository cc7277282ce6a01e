/** What the developer overlay finds out by asking the proxy as the widget does, from the page it stands on. */
export interface Finding {
  check: string;
  status: 'ok' | 'warn' | 'fail';
  says: string;
  /** What to do; left out where all is well. */
  fix?: string;
}

export interface LookOptions {
  /** Of the proxy, with or without a slash at its end. */
  base: string;
  shop: string;
  /** Of the page. */
  origin: string;
  fetch: typeof fetch;
  /** Milliseconds since 1970. */
  now: () => number;
  signal: AbortSignal;
}

interface Health {
  status?: string;
  version?: string;
  environment?: string;
  checks?: {
    catalogue?: { status: string; products: number };
    model?: {
      circuits: { model: string; state: string }[];
      warnings: { model: string; kind: string; date?: string }[];
    };
  };
}

const CLOCK_MS = 60_000;
/** Of the time in which the proxy sent its test events, in which they have to come. */
const SHARE = 0.5;

export async function look(options: LookOptions): Promise<Finding[]> {
  const { base, origin, signal } = options;
  const findings: Finding[] = [];
  if (origin.startsWith('https:') && base.startsWith('http:')) {
    const fix = 'Serve the proxy over https and write that address into the tag.';
    findings.push({ check: 'mixed content', status: 'fail', says: 'The page is https and the proxy is http.', fix });
  }
  for (const [check, part] of [
    ['proxy', lookAtHealth],
    ['shop', lookAtShop],
    ['stream', lookAtStream],
  ] as const) {
    try {
      findings.push(...(await part(options)));
    } catch (error) {
      signal.throwIfAborted();
      const fix = `If the proxy runs: add connect-src ${new URL(base, origin).origin} to the page's Content-Security-Policy, and ${origin} to the shop's origins.`;
      findings.push({ check, status: 'fail', says: String(error), fix });
    }
  }
  return findings;
}

async function ask({ base, fetch, signal }: LookOptions, path: string): Promise<Response> {
  return fetch(base.replace(/\/$/, '') + path, { signal, credentials: 'omit', cache: 'no-store' });
}

async function lookAtHealth(options: LookOptions): Promise<Finding[]> {
  const health = (await (await ask(options, '/api/health')).json()) as Health;
  const { status, version, environment, checks = {} } = health;
  const findings: Finding[] = [
    status === 'ok'
      ? { check: 'proxy', status: 'ok', says: `${version}, ${environment}, well` }
      : {
          check: 'proxy',
          status: status === 'degraded' ? 'warn' : 'fail',
          says: `${version}, ${environment}, ${status}`,
          fix: 'GET /api/health names it; docs/operations.md says what to do.',
        },
  ];
  const { catalogue, model } = checks;
  if (catalogue && (catalogue.products === 0 || catalogue.status !== 'ok'))
    findings.push({
      check: 'catalogue',
      status: 'warn',
      says: `${catalogue.products} products, ${catalogue.status}`,
      fix: 'npm run sync says why.',
    });
  for (const { model: name, state } of model?.circuits ?? [])
    if (state !== 'closed')
      findings.push({
        check: 'model',
        status: 'fail',
        says: `${name} is not asked at the moment`,
        fix: 'Its last error is in GET /api/health.',
      });
  for (const { model: name, kind, date } of model?.warnings ?? [])
    findings.push({
      check: 'model',
      status: 'warn',
      says: `${name}: ${kind} ${date ?? ''}`.trim(),
      fix: 'npm run check names what to set.',
    });
  return findings;
}

async function lookAtShop(options: LookOptions): Promise<Finding[]> {
  const answer = await ask(options, `/api/shops/${encodeURIComponent(options.shop)}`);
  if (answer.ok) return [{ check: 'shop', status: 'ok', says: `"${options.shop}" lets ${options.origin} use it` }];
  const { error } = (await answer.json()) as { error?: { message: string } };
  const fix = answer.status === 404 ? 'Check data-shop.' : 'Mend what it says.';
  return [{ check: 'shop', status: 'fail', says: error?.message ?? `It answers ${answer.status}.`, fix }];
}

async function lookAtStream(options: LookOptions): Promise<Finding[]> {
  const { now } = options;
  const answer = await ask(options, '/api/health/stream');
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  const sent: number[] = [];
  const came: number[] = [];
  let rest = '';
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const lines = (rest + next.value).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const at = /"at":(\d+)/.exec(line)?.[1];
      if (at === undefined) continue;
      sent.push(Number(at));
      came.push(now());
    }
  }
  const took = (times: number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0);
  const off = Math.abs((came[0] ?? 0) - (sent[0] ?? 0));
  const findings: Finding[] = [
    sent.length > 1 && took(came) >= SHARE * took(sent)
      ? { check: 'stream', status: 'ok', says: 'comes as it is sent' }
      : {
          check: 'stream',
          status: 'fail',
          says: 'is held back on its way',
          fix: 'Switch buffering off for /api/ in the web server and the CDN before the proxy.',
        },
  ];
  if (off > CLOCK_MS)
    findings.push({
      check: 'clock',
      status: 'warn',
      says: `${Math.round(off / 1000)} s apart from the proxy's`,
      fix: 'Set this clock, or the proxy’s.',
    });
  return findings;
}
