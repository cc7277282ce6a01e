/**
 * A letter that was not taken. `message` is safe for any log; `said` are words of the other side, which may hold anything,
 * and are for the owner's eyes only.
 */
export class HandoffError extends Error {
  readonly said: string;

  constructor(message: string, { said = '', cause }: { said?: string; cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'HandoffError';
    this.said = said;
  }
}
