import type { Catalog } from '../catalog/types.ts';
import type { Model, ModelTool } from '../models/types.ts';
import type { Limits } from '../limits/types.ts';
import type { ModelChoice, Shop, Shops } from '../shops/types.ts';
import type { Storage, TurnRow } from '../storage/types.ts';
import type { OrderDesk, Tool } from '../tools/types.ts';
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
  tools: readonly Tool[];
  /** The same tools as the model is told of them, made once; a shop's choice of them keeps this order. */
  modelTools: readonly ModelTool[];
  shops: Shops;
  orders: OrderDesk;
  /** The fallback answers where the first can't. */
  modelFor(choice: ModelChoice, fallback?: ModelChoice | null): Model;
  /** What visitors, addresses and shops may use. */
  allowances: Limits;
  log: Log;
  limits: TurnLimits;
  now: () => number;
}

export interface TurnLimits {
  /** Model calls in one turn; the last one may not call tools. */
  maxRounds: number;
  maxOutputTokens: number;
  /** Newest messages of the thread that the model sees. */
  historyMessages: number;
}

export interface TurnInput {
  shop: Shop;
  turn: TurnRow;
  /** What the turn asks of the shopper's page. */
  acts: ClientActs;
}
