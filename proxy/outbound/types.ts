import type { IncomingHttpHeaders } from 'node:http';
import type { LookupFunction } from 'node:net';

export { OutboundError, type OutboundErrorCode } from './outbound-error.ts';

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<{ address: string; family: number }[]>;

/** Keeps connections out of private networks. Whoever makes a connection needs both: Node resolves no literal addresses. */
export interface Guard {
  /** @throws OutboundError `url_refused`, and `address_refused` when its host is an address that is not public */
  check(url: URL): void;
  /**
   * `lookup` for `net.connect` and agents: answers with public addresses only, and the connection is made to one of these,
   * so nobody can change the answer in between. Fails with an OutboundError `address_refused`.
   */
  lookup: LookupFunction;
}

export interface OutboundRequest {
  signal: AbortSignal;
  /** Largest body, decompressed. */
  maxBytes: number;
  /** Longest time for all of it: names, redirects, body. */
  timeoutMs: number;
  accept?: string;
  /** For the origin of the URL alone: they don't go along with a redirect to another one. */
  headers?: Readonly<Record<string, string>>;
}

export interface OutboundResponse {
  /** Any but a redirect's: 404 is an answer, too. */
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Where the redirects led. */
  url: string;
}

/** Seam to the web: the only way in which the proxy asks a URL that a shop or a document names. */
export interface Outbound {
  /** @throws OutboundError, or the signal's reason */
  get(url: string, request: OutboundRequest): Promise<OutboundResponse>;
}
