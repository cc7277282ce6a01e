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
  /** GET by default. A POST follows no redirect. */
  method?: 'GET' | 'POST';
  body?: string;
  signal: AbortSignal;
  /** Largest body, decompressed; 64 MB by default. */
  maxBytes?: number;
  /** Longest time for all of it: names, redirects, body; a minute by default. */
  timeoutMs?: number;
  /** For the origin of the URL alone: they don't go along with a redirect to another one. */
  headers?: Readonly<Record<string, string>>;
}

export interface OutboundResponse {
  /** Any but a redirect's: 404 is an answer, too. */
  status: number;
  headers: Headers;
  /** Where the redirects led. */
  url: string;
  /** Decompressed; to be read once, to its end or left. @throws OutboundError, or the signal's reason */
  body: AsyncIterable<Buffer>;
  /** The whole body as UTF-8. */
  text(): Promise<string>;
}

/** What a server shows who comes over TLS. */
export interface Certificate {
  /** ms since 1970. */
  validTo: number;
  /** What server and browser agree to speak: `h2`, `http/1.1`; '' where the server says nothing. */
  protocol: string;
}

/** Seam to the web: the only way in which the proxy asks a URL that a shop or a document names. */
export interface Outbound {
  /** Resolves with the head of the answer. @throws OutboundError, or the signal's reason */
  request(url: string, request: OutboundRequest): Promise<OutboundResponse>;
}
