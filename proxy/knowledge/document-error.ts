/** A document that can't be taken. The message is for its owner: what is wrong with it, and what to do. */
export class DocumentError extends Error {
  constructor(message: string, { cause }: { cause?: unknown } = {}) {
    super(message, { cause });
    this.name = 'DocumentError';
  }
}

/** There is no such document any more where it was read from. */
export class DocumentGone extends DocumentError {}
