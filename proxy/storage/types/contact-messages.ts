/** What a shopper wrote to the people of a shop. */
export interface ContactMessageRow {
  id: string;
  shop: string;
  visitorId: string;
  clientMessageId: string;
  /** The conversation that goes with it; null when the shopper didn't agree, or deleted it since. */
  threadId: string | null;
  /** '' when the shopper gave none. */
  name: string;
  email: string;
  text: string;
  locale: string;
  createdAt: number;
  /** When the owner said it is dealt with. */
  handledAt: number | null;
  /** `kept`: the shop has no address to deliver to, its owner looks for it · `failed`: given up, `error` says why. */
  delivery: 'kept' | 'waiting' | 'delivered' | 'failed';
  tries: number;
  nextTryAt: number | null;
  error: string | null;
}

export type NewContactMessage = Pick<
  ContactMessageRow,
  'shop' | 'visitorId' | 'clientMessageId' | 'threadId' | 'name' | 'email' | 'text' | 'locale' | 'delivery'
> & {
  now: number;
  /** Bound of what one visitor may keep. */
  maxMessages: number;
};

export type AddedContactMessage =
  | { outcome: 'added' | 'repeated'; message: ContactMessageRow }
  /** Not a thread of this visitor. */
  | { outcome: 'no_thread' }
  | { outcome: 'too_many' };

export interface ContactStorage {
  addContactMessage(message: NewContactMessage): Promise<AddedContactMessage>;
  /** Newest first. */
  contactMessages(shop: string, options: { limit: number; unhandledOnly?: boolean }): Promise<ContactMessageRow[]>;
  /** Of one visitor, newest first: for what they take away with them. */
  contactMessagesOf(shop: string, visitorId: string): Promise<ContactMessageRow[]>;
  /** @returns false when there is no such message in this shop */
  handleContactMessage(shop: string, id: string, now: number): Promise<boolean>;
  /**
   * Of each shop the first whose try is due, by slug, beginning behind one and going round: neither one shop's crowd nor how
   * long it waits hides another's.
   * @param options.after slug of the shop that had its turn last
   */
  dueContactMessages(now: number, options: { limit: number; after?: string }): Promise<ContactMessageRow[]>;
  /** Writes how a try ended; a message that is gone by then stays gone. */
  triedContactMessage(
    id: string,
    end: Pick<ContactMessageRow, 'delivery' | 'tries' | 'nextTryAt' | 'error'>,
  ): Promise<void>;
  /** @returns how many there were */
  deleteContactMessagesOf(shop: string, visitorId: string): Promise<number>;
  /** Forgets messages from before `before`, `limit` at most; never one that still waits for delivery. @returns how many */
  pruneContactMessages(shop: string, before: number, limit: number): Promise<number>;
  /** Also those that are served no longer. */
  shopsWithContactMessages(): Promise<string[]>;
}
