import type { ServerOptions } from 'node:http';

/** What Node's server may be kept waiting for, in milliseconds and bytes: clients that send slowly hold a socket. */
export const serverOptions = {
  headersTimeout: 10_000,
  /** The whole request; a body is 256 KB at the most. */
  requestTimeout: 30_000,
  /** How often the two above are looked at. */
  connectionsCheckingInterval: 5_000,
  /** Longer than the minute for which load balancers keep their own lines: who hangs up first loses requests. */
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16 * 1024,
} satisfies ServerOptions;
