export interface World {
  clockAheadMs: number;
  /** Names and their addresses; each question takes the next list. All other names don't exist. */
  names: Record<string, string[][]>;
  /** Loopback addresses that play addresses of the public internet. */
  hosts: Record<string, string>;
}

/** A connection that the proxy made or tried. */
export interface Outgoing {
  host: string;
  address: string;
  port: number;
}

export interface FromTheTest {
  clockAheadMs: number;
  number: number;
}

export type ToTheTest = { outgoing: Outgoing } | { heard: number };
