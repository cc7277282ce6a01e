/** A message of a shopper's, as it goes to the people of the shop. */
export interface Letter {
  /** `con_…`: the same in every try, so that who gets a letter twice can tell. */
  id: string;
  shop: { slug: string; name: string };
  /** '' when the shopper gave none. */
  name: string;
  email: string;
  text: string;
  /** BCP 47: the shopper's language. */
  locale: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** The conversation, as text; null when the shopper didn't agree, or deleted it since. */
  transcript: string | null;
}

/** Seam to what carries letters. */
export interface Courier {
  /** Resolves when the other side has taken it. @throws HandoffError, OutboundError, or the signal's reason */
  deliver(letter: Letter, signal: AbortSignal): Promise<void>;
}

/** What delivers, in the background. */
export interface Outbox {
  /** There is something new to deliver. */
  wake(): void;
  /** Breaks off what is under way; it is tried again after the next start. */
  close(): Promise<void>;
}
