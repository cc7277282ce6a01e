import type { ChatEvent, Finish } from '../../protocol/index.ts';
import type { ModelChoice } from '../../shops/types.ts';
import type { Tool } from '../../tools/types.ts';
import type { Answer } from '../answer.ts';
import type { Flight } from './flight.ts';
import { armOf } from '../arms.ts';
import { replayed } from './cached-answer.ts';
import { digest, promptFor, type Prompt } from '../context/prompt.ts';
import type { TurnDeps, TurnInput } from '../types.ts';

export interface CachedTurn {
  deps: TurnDeps;
  input: TurnInput;
  answer: Answer;
  /** Asks the model. */
  ask(): AsyncGenerator<ChatEvent, Finish>;
  /** Whether all that has gone into the answer so far would be the same for anybody. */
  isShareable(): boolean;
  /** Whether it may be told later as well, when nobody judges it again. */
  isKeepable(): boolean;
}

/**
 * Others' answers that one turn follows, one after the other, before it asks by itself. More than one, or whoever stops an
 * answer that hundreds follow would make all of them ask at once; not many, because each that ends early costs a reset.
 */
const MAX_FLIGHTS = 2;

/** A question whose answer may be shared. */
interface PublicTurn extends CachedTurn {
  key: string;
  ttlMs: number;
  startedAt: number;
}

/**
 * The answer to a question that others may ask in the same words: what is kept of another's, or what is being told to
 * another right now, or the model's own, which is then kept. Everything else goes straight to the model.
 */
export async function* sharing(turn: CachedTurn, signal: AbortSignal): AsyncGenerator<ChatEvent, Finish> {
  const { deps, input } = turn;
  const { shop, publicQuestion } = input;
  if (shop.answerCache === null || publicQuestion === undefined) return yield* turn.ask();
  const ttlMs = shop.answerCache.minutes * 60_000;
  const startedAt = deps.now();
  const shared = { ...turn, ttlMs, startedAt, key: await keyOf(deps, input, publicQuestion) };
  // Also when the catalogue has changed since: another's new answer may well be the same as their old one.
  const asked = digest(JSON.stringify([shop.slug, input.turn.locale, publicQuestion]));
  const again = deps.answers.asksAgain(asked, input.turn.visitorId, ttlMs);
  if (again) return yield* tellFresh(shared);
  if (yield* tellKept(shared, signal)) return 'stop';
  for (let followed = 0; followed < MAX_FLIGHTS; followed++) {
    // Nothing may be awaited between this look and the beginning of our own: of a crowd the first one asks.
    const ahead = deps.answers.underWay(shared.key);
    if (!ahead) break;
    if (yield* tellAlong(shared, ahead, signal)) return 'stop';
    // It says nothing for too long, and is no better the second time.
    if (!ahead.isOver) break;
  }
  return yield* tellFresh(shared);
}

/** @returns whether there was an answer to tell */
async function* tellKept(turn: PublicTurn, signal: AbortSignal): AsyncGenerator<ChatEvent, boolean> {
  const { deps, input, answer, key } = turn;
  const kept = deps.answers.kept(key);
  if (!kept) return false;
  const events = await replayed(kept, { catalog: deps.catalog, shop: input.shop, locale: input.turn.locale });
  if (!events) {
    deps.answers.drop(key);
    return false;
  }
  for (const event of events) {
    signal.throwIfAborted();
    answer.add(event);
    yield event;
  }
  await note(turn, 'hits', turn.startedAt);
  return true;
}

/** Follows the same question of somebody else. @returns whether it was answered by that; what was told is void if not */
async function* tellAlong(turn: PublicTurn, ahead: Flight, signal: AbortSignal): AsyncGenerator<ChatEvent, boolean> {
  const { deps, answer } = turn;
  let firstAt: number | null = null;
  let isWhole: boolean;
  const events = ahead.follow(signal, deps.answers.patienceMs);
  try {
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      firstAt ??= deps.now();
      answer.add(next.value);
      yield next.value;
    }
    isWhole = next.value;
  } finally {
    await events.return(false);
  }
  if (isWhole) {
    await note(turn, 'joins', firstAt);
    return true;
  }
  if (firstAt !== null) {
    answer.add({ type: 'reset' });
    yield { type: 'reset' };
  }
  return false;
}

/** Asks the model, lets others follow as long as it may be shared, and keeps the answer if it still may at its end. */
async function* tellFresh(turn: PublicTurn): AsyncGenerator<ChatEvent, Finish> {
  const { deps, answer, ask, isShareable, isKeepable, key, ttlMs } = turn;
  deps.answers.count('misses');
  const { flight, end } = deps.answers.begin(key, ttlMs);
  const events = ask();
  try {
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      if (isShareable() && isForAll(next.value, deps.tools)) flight.tell(next.value);
      else end(null);
      yield next.value;
    }
    if (next.value === 'stop' && isShareable()) end(answer.parts, { keep: isKeepable() });
    return next.value;
  } finally {
    // Failed, stopped, cut short or not for others; after an end nothing happens.
    end(null);
    await events.return('stop');
  }
}

/** Nothing of the shopper's own, no question to their page, and no words of ours in place of the model's. */
function isForAll(event: ChatEvent, tools: readonly Tool[]): boolean {
  switch (event.type) {
    case 'text':
    case 'products':
    case 'comparison':
    case 'citations':
    case 'suggestions':
      return true;
    case 'tool':
      return tools.some(({ name, personal }) => name === event.name && personal !== true);
    case 'notice':
      // Only says that the answer takes longer.
      return event.code === 'busy';
    default:
      return false;
  }
}

/** An answer that cost nothing leaves its row as well. */
async function note(turn: PublicTurn, how: 'hits' | 'joins', firstAt: number | null): Promise<void> {
  const { deps, input, startedAt } = turn;
  const { shop, turn: row } = input;
  const { arm, choice } = answererOf(input);
  deps.answers.count(how);
  deps.log.debug({ shop: shop.slug, turn: row.id, how }, 'answered without a call of the model');
  await deps.storage.addCachedUsage({
    shop: shop.slug,
    threadId: row.threadId,
    turnId: row.id,
    model: choice.model,
    arm,
    firstTokenMs: firstAt === null ? null : firstAt - startedAt,
    durationMs: deps.now() - startedAt,
    createdAt: startedAt,
  });
}

/** Who answers a visitor where nothing goes wrong and the budget lasts. Only its answers are shared. */
function answererOf({ shop, turn }: TurnInput): { arm: string; choice: ModelChoice } {
  const arm = armOf(shop, turn.visitorId);
  return { arm: arm?.name ?? '', choice: arm?.model ?? shop.models.default };
}

/** All that an answer depends on. A generation of the catalogue never comes back. */
async function keyOf(deps: TurnDeps, input: TurnInput, question: string): Promise<string> {
  const { shop, turn } = input;
  const generation = (await deps.storage.catalogState(shop.slug))?.generation ?? 0;
  // What may be searched was settled before, and may have been disabled since.
  const documents = input.hosted?.version ?? (await deps.knowledge.version(shop.slug));
  const prompt = versionOf(promptFor(shop, deps, input));
  const setup = [shop.slug, prompt, answererOf(input), shop.contact];
  return digest(JSON.stringify([...setup, generation, documents, turn.locale, question]));
}

const versions = new WeakMap<Prompt, string>();

/** A shop's prompt is one object for as long as it is the same. */
function versionOf(prompt: Prompt): string {
  let version = versions.get(prompt);
  if (version === undefined) {
    version = digest(JSON.stringify([prompt.instructions, prompt.tools]));
    versions.set(prompt, version);
  }
  return version;
}
