import type { Catalog } from '../catalog/types.ts';
import type { HostedDocuments, Knowledge } from '../knowledge/types.ts';
import type { Model, Moderation, ModelTool } from '../models/types.ts';
import type { Limits } from '../limits/types.ts';
import type { PageContext, PageTool } from '../protocol/index.ts';
import type { ModelChoice, Shop, ShopModeration, Shops } from '../shops/types.ts';
import type { Storage, TurnRow } from '../storage/types.ts';
import type { OrderDesk, Tool } from '../tools/types.ts';
import type { TurnWatch } from '../turn-watch.ts';
import type { AnswerCache } from './answer-cache/answer-cache.ts';
import type { TokenCounts } from './context/token-counts.ts';
import type { ActOutcome, ClientActs } from './client-acts.ts';
import type { TurnLog } from './turn-log.ts';

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

export interface StartTurn {
  shop: Shop;
  visitorId: string;
  /** Keyed hash of the visitor's network. */
  address: string;
  /** Null makes a new thread. */
  threadId: string | null;
  clientMessageId: string;
  /** The last question of the thread, whose place this one takes. */
  replaces?: string;
  /** What the page said; where the shop doesn't want it, it is thrown away. */
  context?: PageContext;
  /** Functions of the page; the same. */
  pageTools?: readonly PageTool[];
  /** As the shopper wrote it; what the shop masks is taken out before anything is kept. */
  text: string;
  locale: string;
  /** The shop says that the visitor has signed in. Left out, nobody has said that they haven't: their answers aren't shared. */
  identified?: boolean;
  /** False where no page follows that could act for the shopper. */
  hasPage?: boolean;
  /** Of the request that asks, for the log. */
  requestId?: string;
  /** The owner's own, from the desk: in no figure, and in nobody's cache. */
  own?: boolean;
}

export interface TurnOwner {
  shop: string;
  visitorId: string;
}

export interface FollowedTurn {
  turn: TurnRow;
  log: TurnLog;
}

export interface TurnRunner {
  /**
   * Writes the question down and lets the turn run, whoever listens. The same message again joins the turn it made, and
   * counts against no limit.
   * @throws ChatError `thread_not_found`, `turn_active`, `not_last_message`, `overloaded`, `shutting_down`, `too_many_threads`, `thread_full`,
   *   and what `Limits.admit` throws
   */
  start(input: StartTurn): Promise<FollowedTurn>;
  /**
   * The log of a turn, running or over. One that a crash or a restart broke off is taken up again: somebody waits for it.
   * Null when its events are not there any more: the thread has the answer. @throws ChatError `turn_not_found`
   */
  find(turnId: string, owner: TurnOwner): Promise<TurnLog | null>;
  /** @throws ChatError `turn_not_found` */
  row(turnId: string, owner: TurnOwner): Promise<TurnRow>;
  /** Stops a turn; what was said is kept. Does nothing if it has ended. @throws ChatError `turn_not_found` */
  cancel(turnId: string, owner: TurnOwner): Promise<void>;
  /**
   * Hands over how an act in the shopper's page ended; once.
   * @throws ChatError `turn_not_found`, `tool_call_not_found`, `tool_call_settled`, `invalid_request`
   */
  settleAct(turnId: string, owner: TurnOwner, callId: string, outcome: ActOutcome): Promise<void>;
  /** Stops whatever runs in a thread that is known to be the asker's, and returns when it is saved: then it can be deleted. */
  stopThread(threadId: string): Promise<void>;
  /** The turn that runs in a thread, or that a follower would take up again; if any. */
  activeIn(threadId: string): Promise<string | null>;
  readonly active: number;
  /** It has been told to end, and takes no more turns. */
  readonly draining: boolean;
  /** Rows of the journal before this number belong to no running turn. */
  readonly journalNeededFrom: number;
  /** Settles the turns that a crash left running: nothing they said or cost is lost. Before the first request. */
  recover(): Promise<number>;
  /**
   * Takes no new turns and gives the running ones `graceMs` to end. What then still runs is broken off and kept, for the
   * next process to take up when its followers come back.
   */
  drain(graceMs: number): Promise<void>;
}
