import type { z } from 'zod';
import type { Catalog, ShopOrder } from '../catalog/types.ts';
import type { ChatEvent, ClientAct } from '../protocol/index.ts';
import type { Knowledge, Passage } from '../knowledge/types.ts';
import type { Shop } from '../shops/types.ts';

export interface ToolContext {
  shop: Shop;
  catalog: Catalog;
  knowledge: Knowledge;
  /**
   * The number by which the model cites a passage that was found by `query`: the same through the turn. Undefined when the
   * turn has found too many.
   */
  citable(passage: Passage, query: string): number | undefined;
  /** BCP 47: the language to show things in. */
  locale: string;
  /** Products that a card or a tool of this thread has named. What else the model knows an id of, it has made up. */
  shown: ReadonlySet<number>;
  orders: OrderDesk;
  /** Counts a try to look an order up; false when this visitor has had enough of them for now. */
  mayTryOrder(): Promise<boolean>;
  now: () => number;
  signal: AbortSignal;
}

/** Either an output, or a `client`: something that only the shopper's page can do, whose outcome then is the output. */
export interface ToolResult {
  /** For the model, which gets it as JSON, cleaned and fenced as data (chat/context/fence.ts). */
  output?: unknown;
  /** For the shopper; sent at once, before the model goes on. */
  events?: ChatEvent[];
  /** Products that the output names. */
  named?: readonly number[];
  lookUp?: LookUp;
  client?: ClientAct;
}

/** What was looked for, and how much was found: what an answer then doesn't show or cite is missing in the shop. */
export interface LookUp {
  kind: 'documents' | 'search';
  query: string;
  found: number;
}

export interface Tool<Input = unknown> {
  name: string;
  /** For the model: what it does and when to use it. */
  description: string;
  /** Strict: no optional keys, `.nullable()` instead. */
  input: z.ZodType<Input>;
  /**
   * Ends an answer: nothing more has to be said after it. A model that calls nothing else when it has answered isn't asked
   * again, and the shopper isn't told that it runs.
   */
  last?: true;
  /** Whether it can do anything in this shop, by its settings alone; left out, it always can. */
  worksIn?(shop: Shop): boolean;
  /** Has nothing to do in a shop without documents, and isn't offered there. */
  needsDocuments?: true;
  /** What it does is between this shopper and the shop: an answer that used it is never told to others. */
  personal?: true;
  run(input: Input, context: ToolContext): Promise<ToolResult>;
}

/** What the model is told of a search for these words in a shop, and the products that it names. */
export type TrySearch = (
  shop: Shop,
  query: string,
  signal: AbortSignal,
) => Promise<{ output: unknown; named: readonly number[] }>;

/** Who is asking for an order. */
export interface OrderAsker {
  shop: Shop;
  visitorId: string;
  address: string;
}

/** Seam to the orders of the shops that let us read them. */
export interface OrderDesk {
  /** @returns null when there is no order of that number, and in a shop whose orders can't be read */
  order(shop: Shop, number: string, options: { signal: AbortSignal }): Promise<ShopOrder | null>;
  /** Counts a try; false when this visitor or this address has had enough of them for now. */
  countTry(asker: OrderAsker): Promise<boolean>;
}
