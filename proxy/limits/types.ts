import type { TokenUsage } from '../models/types.ts';
import type { ModelChoice, Shop } from '../shops/types.ts';
import type { Reservation, UsageRow } from '../storage/types.ts';

/** On whose account a turn goes. */
export interface Asker {
  shop: Shop;
  visitorId: string;
  /** Keyed hash of the visitor's network (http/client-address.ts); never the address itself. */
  address: string;
}

/** A place taken by a turn. */
export interface Place {
  /** Gives it back; more than once does nothing. */
  release(): void;
}

/** What a call costs; null for both when nobody knows this model's price. */
export type Bill = Pick<UsageRow, 'costMicroUsd' | 'price'>;

/** Seam to what each visitor, address and shop may use. */
export interface Limits {
  /**
   * Takes a place for a new turn of this asker.
   * @throws ChatError `rate_limited` for too many messages a minute or turns at once, `limit_reached` when the visitor's or
   *   the address's allowance of the day or month is gone, `budget_spent` when the shop's is and it chose no way to go on;
   *   each with `retryAfterMs`
   */
  admit(asker: Asker): Promise<Place>;
  /** Takes a place for a turn that goes on after a restart: never refused, since it was admitted before. */
  resume(asker: Asker): Place;
  /** Takes a place for somebody who follows a stream. @throws ChatError `rate_limited` */
  follow(asker: Asker): Place;
  /** Counts a new session of an address. @throws ChatError `rate_limited` */
  countSession(shop: Shop, address: string): Promise<void>;
  /**
   * Counts a message to the people of the shop; the shop's allowance, which is a model's, has nothing to do with it.
   * @throws ChatError `rate_limited`, with `retryAfterMs`
   */
  countContact(asker: Asker): Promise<void>;
  /** Counts what somebody thinks of an answer. @throws ChatError `rate_limited`, with `retryAfterMs` */
  countFeedback(asker: Asker): Promise<void>;
  /** Counts a session of the preview, by login at the desk. @throws ChatError `rate_limited`, with `retryAfterMs` */
  countPreview(login: string): Promise<void>;
  /** Counts a question of the playground, by account of the desk. @throws ChatError `rate_limited`, with `retryAfterMs` */
  countTrial(account: string): Promise<void>;
  /**
   * What a call may cost at most, and on which accounts it is held until it is settled.
   * @param share of the shop's own allowance that this call may reach, 0 to 1: less than all while a cheaper model waits
   * @param ceiling upper bound of the tokens it will use, and of the searches that the provider makes by itself
   */
  reservation(
    asker: Asker,
    choice: ModelChoice,
    ceiling: { input: number; output: number; searches?: number },
    share: number,
  ): Reservation;
  /** What a call costs, and by which prices. @param searches that the provider has made by itself */
  bill(choice: ModelChoice, usage: TokenUsage, searches?: number): Bill;
  /** When a period that is used up begins anew, from now. */
  retryAfterMs(period: 'day' | 'month'): number;
}
