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
