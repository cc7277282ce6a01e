import { diag, DiagLogLevel } from '@opentelemetry/api';

/** A collector that is down fails every few seconds; the log has more to say. */
const QUIET_MS = 60 * 60_000;
const MAX_WORDS = 300;

export interface TraceTroubleOptions {
  log: { warn(fields: object, message: string): void };
  now?: () => number;
}

/** Has the log say what an OpenTelemetry SDK complains of, which would be lost: the first at once, the others hour by hour. */
export function tellTraceTrouble({ log, now = Date.now }: TraceTroubleOptions): void {
  let saidAt = -Infinity;
  let unsaid = 0;

  function tell(problem: string): void {
    if (now() - saidAt < QUIET_MS) {
      unsaid++;
      return;
    }
    log.warn({ problem: wordsOf(problem), unsaid }, 'traces are not handed on; answers go on without them');
    saidAt = now();
    unsaid = 0;
  }

  const nothing = () => undefined;
  const logger = { error: tell, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
  diag.setLogger(logger, { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true });
}

/** An SDK writes an error as JSON with its stack, or as its stack alone. */
function wordsOf(problem: string): string {
  let words = problem;
  try {
    const { message } = JSON.parse(problem) as { message?: unknown };
    if (typeof message === 'string') words = message;
  } catch {
    // Words already.
  }
  return words.split('\n', 1)[0]!.slice(0, MAX_WORDS);
}
