import { ChatError, toWire } from '../errors.ts';
import type { ModelEvent, ModelItem, ModelRequest } from '../models/types.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import { Answer } from './answer.ts';
import { idsOnPages } from './asked-on.ts';
import { sharing } from './cached-turn.ts';
import type { Facts } from './claims/facts.ts';
import { digest, promptFor, toolsFor } from './context.ts';
import { loadHistory, type History } from './history.ts';
import { knownFacts } from './known.ts';
import { productIdsIn } from './live-cards.ts';
import { forAnswer } from './model-call.ts';
import { moderated } from './moderate.ts';
import { noteClaims } from './note-claims.ts';
import { INTERRUPTED } from './settle.ts';
import { Speech } from './speech.ts';
import { Spending } from './spending.ts';
import { suggestionsOf } from './suggestions.ts';
import { ToldFacts } from './told-facts.ts';
import { endsAnswer, runToolCalls, type ToolCall } from './tool-loop.ts';
import { TurnContext } from './turn-context.ts';
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
      const { claims } = speech;
      let exceptions = 0;
      const onException = () => void exceptions++;
      const conversation = { answer, history, facts, speech, onException };
      const talk = (whole: AbortSignal) => converse(deps, input, conversation, whole);
      const ask = () => moderated(deps, input, { speech: conversation.speech, signal, talk });
      const isShareable = () => exceptions + claims.length === 0;
      finish = yield* sharing({ deps, input, answer, ask, isShareable }, signal);
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
  /** Told when something went another way than it would for the next one who asks. */
  onException(): void;
}

/** Asks the model, runs its tools, and asks again with what they found, until it has said what it wants to say. */
async function* converse(
  deps: TurnDeps,
  input: TurnInput,
  { answer, history, facts, speech, onException }: Conversation,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Finish> {
  const { shop, turn, acts } = input;
  const prompt = promptFor(shop, deps);
  const asker = { shop, visitorId: turn.visitorId, address: turn.address };
  const { messages } = history;
  const shown = new Set([...productIdsIn(messages.flatMap(({ parts }) => parts)), ...idsOnPages(messages)]);
  const spending = new Spending(deps, forAnswer(input));
  const { maxOutputTokens } = deps.limits;
  const context = new TurnContext({
    prompt,
    history,
    locale: turn.locale,
    contextTokens: shop.limits.contextTokens,
    answerTokens: maxOutputTokens,
  });
  let toldToWait = false;
  const mayCall = toolsFor(shop, deps.tools);
  /** Said, and nothing looked up since that it has to be said of. */
  let answered = false;
  let questions: readonly string[] = [];
  const told = new ToldFacts();

  for (let round = 1; ; round++) {
    const isLast = round >= deps.limits.maxRounds;
    const requestWith = (items: readonly ModelItem[]): ModelRequest => ({
      instructions: prompt.instructions,
      input: items,
      tools: prompt.tools,
      toolChoice: isLast ? 'none' : 'auto',
      maxOutputTokens,
      promptCacheKey: prompt.cacheKey,
      safetyIdentifier: digest(turn.visitorId),
    });
    const request = requestWith(await context.input((items) => spending.count(requestWith(items), signal)));
    const call = await spending.begin(request);
    if (!call) {
      const instead = await degrade(deps, input);
      if (!instead) throw spending.refusal();
      return yield* saying(answer, instead);
    }
    if (spending.isReduced) onException();
    const calls: ToolCall[] = [];
    let end: Extract<ModelEvent, { type: 'end' }> | undefined;
    try {
      for await (const event of call.model.stream(request, signal)) {
        call.saw(event);
        if (event.type === 'text') {
          answered ||= event.delta.trim() !== '';
          // An answer in two rounds is two paragraphs, not one run-on sentence.
          const delta = round > 1 && call.isFirstText ? answer.paragraphBreak() + event.delta : event.delta;
          yield* speech.words(delta);
        } else if (event.type === 'tool_call') {
          calls.push(event);
          if (endsAnswer(event, mayCall)) continue;
          yield* speech.event({ type: 'tool', name: event.name, status: 'started' });
        } else if (event.type === 'waiting') {
          // Once is enough, and only now: no part of the answer that is kept.
          if (!toldToWait) yield* speech.event({ type: 'notice', code: 'busy' });
          toldToWait = true;
        } else if (event.type === 'end') {
          if (event.finish === 'refusal') onException();
          end = event;
        } else if (event.type === 'fallback') {
          onException();
        }
      }
    } catch (thrown) {
      await call.end(signal.aborted ? 'cancelled' : 'error', undefined, thrown);
      const tooLong = thrown instanceof ChatError && thrown.code === 'context_too_long';
      if (tooLong && context.trim()) {
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
      yield* offering();
      return end?.finish === 'length' ? 'length' : 'stop';
    }
    const run = runToolCalls({
      calls,
      tools: mayCall,
      context: {
        shop,
        catalog: deps.catalog,
        locale: turn.locale,
        shown,
        orders: deps.orders,
        mayTryOrder: () => deps.orders.countTry(asker),
        now: deps.now,
        signal,
      },
      acts,
      told,
      onOutput(output, named) {
        // An error repeats what the model wrote, and its own words are no facts.
        if (isError(output)) onException();
        else facts.learn(output);
        for (const id of named) shown.add(id);
      },
      log: deps.log,
    });
    let next = await run.next();
    let showed = false;
    for (; !next.done; next = await run.next()) {
      const event = next.value;
      // Comes when all is said, and only once.
      if (event.type === 'suggestions') questions = event.data;
      else yield* speech.event(event);
      if (event.type === 'notice' && event.code === 'contact') {
        const fields = { shop: turn.shop, thread: turn.threadId, turn: turn.id };
        deps.log.info(fields, 'a shopper was brought to the people of the shop');
      }
      showed ||= event.type !== 'tool' && event.type !== 'suggestions';
    }
    signal.throwIfAborted();
    context.addRound([...(end?.items ?? []), ...next.value]);
    if (calls.every((one) => endsAnswer(one, mayCall))) {
      if (!answered) continue;
      yield* offering();
      return end?.finish === 'length' ? 'length' : 'stop';
    }
    // "Let me look" is no answer yet; "here they are:" is one when the cards have come.
    answered &&= showed;
  }

  function* offering(): Generator<ChatEvent> {
    const event = suggestionsOf(questions, { facts, messages: history.messages });
    if (event) yield* speech.event(event);
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
