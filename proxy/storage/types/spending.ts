/** Who pays for a call, over which time, and how much is allowed. Null is no limit. */
export interface Account {
  /** `shop:<slug>`, `visitor:<shop>:<id>`, `address:<shop>:<hash>`. */
  payer: string;
  /** `2026-11-21` or `2026-11`, UTC. */
  period: string;
  maxTokens: number | null;
  maxMicroUsd: number | null;
}

/** What a call of a model costs at the most, held on its accounts until `endUsage` knows better. */
export interface Reservation {
  tokens: number;
  microUsd: number;
  accounts: readonly Account[];
}

/** Held and settled together. */
export interface Spending {
  tokens: number;
  microUsd: number;
}
