import { ChatError, toWire } from '../errors.ts';
import type { ModelEvent, ModelItem, ModelRequest } from '../models/types.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import { Answer } from './answer.ts';
import type { Facts } from './claims/facts.ts';
import { digest, pageItem, promptFor, toolsFor } from './context.ts';
import { loadHistory, trimHistory, type History } from './history.ts';
import { knownFacts } from './known.ts';
import { productIdsIn } from './live-cards.ts';
import { noteClaims } from './note-claims.ts';
import { INTERRUPTED } from './settle.ts';
import { Speech } from './speech.ts';
import { Spending } from './spending.ts';
import { runToolCalls, type ToolCall } from './tool-loop.ts';
import type { TurnDeps, TurnInput } from './types.ts';
import { decline, degrade } from './without-model.ts';

/** Ends that are meant to happen. */
const SPENT: ReadonlySet<string> = new Set(['limit_reached', 'budget_spent']);

/**
 * One turn, from the thread's history to the saved answer, as the events that the shopper sees. It never throws for
 * what a model, a tool or the shopper's Stop does: such an end is told by its last events, `error` and `done`, and what
 * was said before is kept. It throws only when the answer can't be saved.
 * @param signal aborted by Stop; or, with a ChatError as its reason, by a time limit or a shutdown
 */
export async function* runTurn(deps: TurnDeps, input: TurnInput, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const { turn } = input;
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  yield { type: 'thread_id', thread_id: ids.thread_id, turn_id: turn.id, message_id: ids.message_id };

  const answer = new Answer();
  let finish: Finish;
  let error: ChatError | null = null;
  let speech: Speech | undefined;
  try {
    const declined = await decline(deps, input);
    if (declined) {
      finish = yield* saying(answer, declined);
    } else {
      const history = await loadHistory(deps, turn);
      const facts = knownFacts(input.shop, history.messages, history.products);
      speech = new Speech({ answer, facts, locale: turn.locale });
      finish = yield* converse(deps, input, { answer, history, facts, speech }, signal);
    }
  } catch (thrown) {
    // The word that was waiting for its next one has been said all the same.
    if (speech) yield* speech.rest();
    // Stop aborts with an ordinary AbortError; a time limit or a shutdown says which it was.
    const reason: unknown = signal.aborted ? signal.reason : thrown;
    if (signal.aborted && !(reason instanceof ChatError)) {
      finish = 'cancelled';
    } else {
      finish = 'error';
      error = ChatError.from(reason);
      const fields = { shop: turn.shop, thread: turn.threadId, turn: turn.id };
      if (error.code === 'shutting_down') deps.log.info(fields, 'a turn was broken off');
      else if (SPENT.has(error.code)) deps.log.info({ code: error.code, ...fields }, 'a turn could not be paid');
      else deps.log.error({ err: error, ...fields }, 'a turn failed');
    }
  }
  // A shutdown breaks the turn off without an end: who follows it comes back to the next process, which takes it up again.
  const interrupted = error?.code === 'shutting_down';
  const failure = interrupted ? INTERRUPTED : error && toWire(error);
  const end = { turnId: turn.id, finish, interrupted, error: failure, parts: answer.parts };
  await deps.storage.finishTurn({ ...end, now: deps.now() });
  if (speech) await noteClaims(deps, turn, speech.claims);
  if (interrupted) return;
  if (failure) yield { type: 'error', ...failure };
  yield { type: 'done', ...ids, finish };
}

interface Conversation {
  answer: Answer;
  history: History;
  /** What the answer may state; grows with every tool. */
  facts: Facts;
  speech: Speech;
}

/** Asks the model, runs its tools, and asks again with what they found, until it has said what it wants to say. */
async function* converse(
  deps: TurnDeps,
  input: TurnInput,
  { answer, history, facts, speech }: Conversation,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Finish> {
  const { shop, turn, acts } = input;
  const { instructions, tools, cacheKey } = promptFor(shop, deps);
  const asker = { shop, visitorId: turn.visitorId, address: turn.address };
  const shown = new Set(productIdsIn(history.messages.flatMap(({ parts }) => parts)));
  const spending = new Spending(deps, input);
  let thread = history.items;
  let trimmed = false;
  let toldToWait = false;
  const rounds: ModelItem[] = [];

  for (let round = 1; ; round++) {
    const isLast = round >= deps.limits.maxRounds;
    const request: ModelRequest = {
      instructions,
      input: [pageItem(turn.locale), ...thread, ...rounds],
      tools,
      toolChoice: isLast ? 'none' : 'auto',
      maxOutputTokens: deps.limits.maxOutputTokens,
      promptCacheKey: cacheKey,
      safetyIdentifier: digest(turn.visitorId),
    };
    const call = await spending.begin(request);
    if (!call) {
      const instead = await degrade(deps, input);
      if (!instead) throw spending.refusal();
      return yield* saying(answer, instead);
    }
    const calls: ToolCall[] = [];
    let end: Extract<ModelEvent, { type: 'end' }> | undefined;
    try {
      for await (const event of call.model.stream(request, signal)) {
        call.saw(event);
        if (event.type === 'text') {
          // An answer in two rounds is two paragraphs, not one run-on sentence.
          const delta = round > 1 && call.isFirstText ? answer.paragraphBreak() + event.delta : event.delta;
          yield* speech.words(delta);
        } else if (event.type === 'tool_call') {
          calls.push(event);
          yield* speech.event({ type: 'tool', name: event.name, status: 'started' });
        } else if (event.type === 'waiting') {
          // Once is enough, and only now: no part of the answer that is kept.
          if (!toldToWait) yield* speech.event({ type: 'notice', code: 'busy' });
          toldToWait = true;
        } else if (event.type === 'end') {
          end = event;
        }
      }
    } catch (thrown) {
      await call.end(signal.aborted ? 'cancelled' : 'error');
      const tooLong = thrown instanceof ChatError && thrown.code === 'context_too_long';
      if (tooLong && !trimmed && thread.length > 1) {
        trimmed = true;
        thread = trimHistory(thread);
        round--;
        continue;
      }
      throw thrown;
    }
    await call.end('ok', end);
    yield* speech.rest();
    signal.throwIfAborted();

    if (calls.length === 0 || isLast) {
      if (end?.finish === 'refusal' && answer.isEmpty)
        throw new ChatError('model_refused', 'The model declined to answer.');
      if (answer.isEmpty) throw new ChatError('model_interrupted', 'The model ended without an answer.');
      return end?.finish === 'length' ? 'length' : 'stop';
    }
    rounds.push(...(end?.items ?? []));
    const run = runToolCalls({
      calls,
      tools: toolsFor(shop, deps.tools),
      context: {
        shop,
        catalog: deps.catalog,
        locale: turn.locale,
        shown,
        orders: deps.orders,
        mayTryOrder: () => deps.orders.countTry(asker),
        signal,
      },
      acts,
      onOutput(output, named) {
        // An error repeats what the model wrote, and its own words are no facts.
        if (!isError(output)) facts.learn(output);
        for (const id of named) shown.add(id);
      },
      log: deps.log,
    });
    let next = await run.next();
    for (; !next.done; next = await run.next()) yield* speech.event(next.value);
    signal.throwIfAborted();
    rounds.push(...next.value);
  }
}

function isError(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'error' in output;
}

/** Says it in place of what a model would have said. */
function* saying(answer: Answer, events: readonly ChatEvent[]): Generator<ChatEvent, Finish> {
  for (const event of events) answer.add(event);
  yield* events;
  return 'stop';
}
