import type { Outbound } from '../outbound/types.ts';
import { fail, ok, type Finding, warn } from './types.ts';

const TIMEOUT_MS = 20_000;
/** Of the time in which the proxy sent them, in which the events have to come. */
const SHARE = 0.5;
const FIX =
  'Switch buffering off for /api/ in the web server before the proxy (nginx: proxy_buffering off; more in docs/operations.md), and in the CDN.';

/** Reads the proxy's test stream and compares when its events were sent with when they came. */
export async function examineStream(
  proxy: URL,
  { outbound, signal, origin, now }: { outbound: Outbound; signal: AbortSignal; origin: string; now: () => number },
): Promise<Finding[]> {
  const url = new URL('/api/health/stream', proxy).href;
  const answer = await outbound.request(url, { signal, timeoutMs: TIMEOUT_MS, maxBytes: 64_000, headers: { origin } });
  if (answer.status !== 200)
    return [
      warn('stream', `${url} answers ${answer.status}.`, 'Try again in a minute; an older proxy has no test stream.'),
    ];
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('text/event-stream'))
    return [
      fail(
        'stream',
        `${url} comes back as ${type || 'nothing'}.`,
        'Something before the proxy answers in its place: lead /api/ to the proxy.',
      ),
    ];
  const came: number[] = [];
  const sent: number[] = [];
  let rest = '';
  for await (const chunk of answer.body) {
    const lines = (rest + chunk.toString()).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      const at = /^data: \{"n":\d+,"at":(\d+)\}/.exec(line)?.[1];
      if (at === undefined) continue;
      sent.push(Number(at));
      came.push(now());
    }
  }
  const encoding = answer.headers.get('content-encoding');
  const findings: Finding[] = [];
  const took = (times: number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0);
  if (sent.length < 2) findings.push(fail('stream', 'The test stream ended early.', FIX));
  else if (took(came) < SHARE * took(sent))
    findings.push(
      fail(
        'stream',
        `Something before the proxy holds streams back: what was sent in ${took(sent)} ms came within ${Math.round(took(came))} ms. Answers appear all at once.`,
        FIX,
      ),
    );
  else findings.push(ok('stream', 'Streams come as they are sent.'));
  if (encoding !== null && encoding !== 'identity')
    findings.push(
      warn(
        'compression',
        `Streams are compressed (${encoding}) on the way, which delays them.`,
        'Leave text/event-stream out of compression (nginx: gzip_types, Caddy: encode with a matcher).',
      ),
    );
  return findings;
}
