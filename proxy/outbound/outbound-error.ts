export type OutboundErrorCode =
  /** Not a URL that we ask: scheme, port, credentials. */
  | 'url_refused'
  /** Leads into a private network. */
  | 'address_refused'
  /** Too many redirects, or one to where we don't follow. */
  | 'redirect_refused'
  | 'too_large'
  | 'timed_out'
  /** The other side can't be reached or doesn't speak HTTP as it should. */
  | 'failed';

/** A URL that was not asked, or gave no answer. The message is for the owner of the shop; it holds no query and no secret. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;

  constructor(code: OutboundErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundError';
    this.code = code;
  }
}

/** A URL as it may be told to anybody: what it carries beside the address may be a key. */
export function addressOf({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname}`.slice(0, 200);
}
