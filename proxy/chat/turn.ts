import { ChatError, toWire } from '../errors.ts';
import type { ModelEvent, ModelItem, ModelRequest } from '../models/types.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import { Answer } from './answer.ts';
import { digest, promptFor } from './context.ts';
import { loadHistory, trimHistory } from './history.ts';
import { INTERRUPTED } from './settle.ts';
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
  try {
    finish = yield* converse(deps, input, answer, signal);
  } catch (thrown) {
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
  if (interrupted) return;
  if (failure) yield { type: 'error', ...failure };
  yield { type: 'done', ...ids, finish };
}

/** Asks the model, runs its tools, and asks again with what they found, until it has said what it wants to say. */
async function* converse(
  deps: TurnDeps,
  input: TurnInput,
  answer: Answer,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Finish> {
  const { shop, turn } = input;
  const declined = await decline(deps, input);
  if (declined) return yield* saying(answer, declined);

  const { instructions, tools, cacheKey } = promptFor(shop, deps.modelTools);
  const spending = new Spending(deps, input);
  let history = await loadHistory(deps, turn);
  let trimmed = false;
  const rounds: ModelItem[] = [];

  for (let round = 1; ; round++) {
    const isLast = round >= deps.limits.maxRounds;
    const request: ModelRequest = {
      instructions,
      input: [...history, ...rounds],
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
        call.sawToken(event);
        if (event.type === 'text') {
          // An answer in two rounds is two paragraphs, not one run-on sentence.
          const delta = round > 1 && call.isFirstText ? answer.paragraphBreak() + event.delta : event.delta;
          const said: ChatEvent = { type: 'text', content: delta };
          answer.add(said);
          yield said;
        } else if (event.type === 'tool_call') {
          calls.push(event);
          yield { type: 'tool', name: event.name, status: 'started' };
        } else {
          end = event;
        }
      }
    } catch (thrown) {
      await call.end(signal.aborted ? 'cancelled' : 'error');
      const tooLong = thrown instanceof ChatError && thrown.code === 'context_too_long';
      if (tooLong && !trimmed && history.length > 1) {
        trimmed = true;
        history = trimHistory(history);
        round--;
        continue;
      }
      throw thrown;
    }
    await call.end('ok', end);
    signal.throwIfAborted();

    if (calls.length === 0 || isLast) {
      if (end?.finish === 'refusal' && answer.isEmpty)
        throw new ChatError('model_refused', 'The model declined to answer.');
      if (answer.isEmpty) throw new ChatError('model_interrupted', 'The model ended without an answer.');
      return end?.finish === 'length' ? 'length' : 'stop';
    }
    rounds.push(...(end?.items ?? []));
    const results = yield* showing(
      answer,
      runToolCalls({
        calls,
        tools: deps.tools.filter(({ name }) => shop.tools.includes(name)),
        context: { shop, catalog: deps.catalog, locale: turn.locale, signal },
        log: deps.log,
      }),
    );
    signal.throwIfAborted();
    rounds.push(...results);
  }
}

/** Says it in place of what a model would have said. */
function* saying(answer: Answer, events: readonly ChatEvent[]): Generator<ChatEvent, Finish> {
  for (const event of events) answer.add(event);
  yield* events;
  return 'stop';
}

/** Passes a tool's events on and keeps what they show as part of the answer. */
async function* showing<Result>(
  answer: Answer,
  events: AsyncGenerator<ChatEvent, Result>,
): AsyncGenerator<ChatEvent, Result> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    answer.add(next.value);
    yield next.value;
  }
}
