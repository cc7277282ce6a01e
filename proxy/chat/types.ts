import type { Catalog } from '../catalog/types.ts';
import type { HostedDocuments, Knowledge } from '../knowledge/types.ts';
import type { Model, Moderation, ModelTool } from '../models/types.ts';
import type { Limits } from '../limits/types.ts';
import type { PageTool } from '../protocol/index.ts';
import type { ModelChoice, Shop, ShopModeration, Shops } from '../shops/types.ts';
import type { Storage, TurnRow } from '../storage/types.ts';
import type { OrderDesk, Tool } from '../tools/types.ts';
import type { TurnWatch } from '../turn-watch.ts';
import type { AnswerCache } from './answer-cache/answer-cache.ts';
import type { TokenCounts } from './context/token-counts.ts';
import type { ClientActs } from './client-acts.ts';

/** The part of pino's interface that the core uses. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a turn needs from outside. */
export interface TurnDeps {
  storage: Storage;
  catalog: Catalog;
  knowledge: Knowledge;
  tools: readonly Tool[];
  /** The same tools as the model is told of them, made once; a shop's choice of them keeps this order. */
  modelTools: readonly ModelTool[];
  shops: Shops;
  orders: OrderDesk;
  /** The fallback answers where the first can't. */
  modelFor(choice: ModelChoice, fallback?: ModelChoice | null): Model;
  /** Who judges what is said in a shop that wants it. */
  moderationFor(settings: ShopModeration): Moderation;
  /** What visitors, addresses and shops may use. */
  allowances: Limits;
  answers: AnswerCache;
  /** What providers have counted of long threads. */
  counts: TokenCounts;
  log: Log;
  watch?: TurnWatch;
  limits: TurnLimits;
  now: () => number;
}

export interface TurnLimits {
  /** Model calls in one turn; the last one may not call tools. */
  maxRounds: number;
  maxOutputTokens: number;
  /** Newest messages of a thread that a turn looks at; how many of them the model sees is a matter of tokens. */
  historyMessages: number;
}

/** A turn as it is asked for. */
export interface AskedTurn {
  shop: Shop;
  turn: TurnRow;
  /** What the turn asks of the shopper's page. */
  acts: ClientActs;
  /** Functions that the page offered with the question. */
  pageTools?: readonly PageTool[];
  /** The question as the answer cache knows it; left out where the answer must not be shared. */
  publicQuestion?: string;
}

export interface TurnInput extends AskedTurn {
  /** The shop has documents that can be searched. */
  hasDocuments: boolean;
  /** What the model's own server may search; left out where that is our tool's. */
  hosted?: HostedDocuments;
}
