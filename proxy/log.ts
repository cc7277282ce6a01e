import { pino, type Logger } from 'pino';
import { ChatError } from './errors.ts';

/** JSON lines on stderr, so that stdout stays for what a person should read. Secrets never pass. */
export function createLog({ level, secrets }: { level: string; secrets: readonly string[] }): Logger {
  const hidden = secrets.filter((secret) => secret.length >= 8);
  return pino(
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
        streamWrite: (line) => hidden.reduce((text, secret) => text.replaceAll(secret, '[redacted]'), line),
      },
    },
    pino.destination(2),
  );
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
