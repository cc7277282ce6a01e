/** A source that can't be read. The message is for the shop's owner: what was asked, what came, what to do. No secrets. */
export class SourceError extends Error {
  /** When to try again, in milliseconds, where the source said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, { cause, retryAfterMs }: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause });
    this.name = 'SourceError';
    this.retryAfterMs = retryAfterMs;
  }
}
