import { pino, type Logger } from 'pino';
import { ChatError } from './errors.ts';

/** Bytes that wait for room on a full disk; what comes on top is dropped. */
const MAX_UNWRITTEN = 1024 * 1024;

/** Shops come and go while we run, and each line is searched for all of these. */
const MAX_HIDDEN = 5_000;

export interface Log extends Logger {
  /** Secrets that came later, such as the key of a new shop. */
  hide(secrets: readonly string[]): void;
}

/** JSON lines on stderr, so that stdout stays for what a person should read. Secrets never pass. */
export function createLog({ level, secrets }: { level: string; secrets: readonly string[] }): Log {
  const hidden = new Set<string>();
  let own: ReadonlySet<string> = new Set();
  function hide(secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret.length < 8) continue;
      hidden.add(secret).add(asJson(secret));
    }
    for (const oldest of hidden) {
      if (hidden.size <= MAX_HIDDEN) break;
      // The proxy's own came first, and stay.
      if (!own.has(oldest)) hidden.delete(oldest);
    }
  }
  hide(secrets);
  own = new Set(hidden);
  // Synchronous, so that a crash loses no line; and at its exit the asynchronous one tries a full disk for ever.
  const stderr = pino.destination({ dest: 2, sync: true, maxLength: MAX_UNWRITTEN });
  // A full disk must not end the proxy, and nobody is left to be told: unheard, the event would throw.
  stderr.on('error', () => undefined);
  const log = pino(
    {
      level,
      base: null,
      redact: {
        paths: ['authorization', '*.authorization', '*.*.authorization', '*.apiKey', '*.token', 'token', 'apiKey'],
        censor: '[redacted]',
      },
      serializers: { err: describeError },
      hooks: {
        // Last net: a key inside a text that somebody else wrote, such as a provider's error message.
        streamWrite(line) {
          let text = line;
          for (const secret of hidden) text = text.replaceAll(secret, '[redacted]');
          return text;
        },
      },
    },
    stderr,
  );
  return Object.assign(log, { hide });
}

/** The same text as it stands inside a line of JSON. */
function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The chain of causes, each with its kind and words; headers and bodies that SDK errors carry are left out. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  return {
    type: error.constructor.name,
    ...(error instanceof ChatError && { code: error.code }),
    message: error.message,
    stack: error.stack,
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  };
}
