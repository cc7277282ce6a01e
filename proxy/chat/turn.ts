import { ChatError, toWire } from '../errors.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import { Answer } from './answer.ts';
import { sharing } from './answer-cache/cached-turn.ts';
import { Sources } from './citations/sources.ts';
import { converse } from './converse.ts';
import { loadHistory, type History } from './context/history.ts';
import { isSummaryDue } from './context/summarise-thread.ts';
import { knownFacts } from './known.ts';
import { moderated } from './moderate.ts';
import { noteClaims } from './note-claims.ts';
import { noteGaps } from './note-gaps.ts';
import { INTERRUPTED } from './settle.ts';
import { Speech } from './speech.ts';
import type { ToolStep } from '../storage/types.ts';
import type { LookUp } from '../tools/types.ts';
import type { AskedTurn, TurnDeps, TurnInput } from './types.ts';
import { decline, saying } from './without-model.ts';

/** Ends that are meant to happen. */
const SPENT: ReadonlySet<string> = new Set(['limit_reached', 'budget_spent']);

/**
 * One turn, from the thread's history to the saved answer, as the events that the shopper sees. It never throws for
 * what a model, a tool or the shopper's Stop does: such an end is told by its last events, `error` and `done`, and what
 * was said before is kept. It throws only when the answer can't be saved.
 * @param signal aborted by Stop; or, with a ChatError as its reason, by a time limit or a shutdown
 * @returns whether the thread is now so long that its older part is due for a summary
 */
export async function* runTurn(
  deps: TurnDeps,
  asked: AskedTurn,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, boolean> {
  const { shop, turn } = asked;
  const ids = { thread_id: turn.threadId, message_id: turn.assistantMessageId };
  yield { type: 'thread_id', thread_id: ids.thread_id, turn_id: turn.id, message_id: ids.message_id };

  const answer = new Answer({ now: deps.now });
  let finish: Finish;
  let error: ChatError | null = null;
  let speech: Speech | undefined;
  let history: History | undefined;
  let hasDocuments = false;
  const lookUps: LookUp[] = [];
  const steps: ToolStep[] = [];
  const sources = new Sources();
  try {
    const declined = await decline(deps, asked);
    if (declined) {
      finish = yield* saying(answer, declined);
    } else {
      history = await loadHistory(deps, asked);
      hasDocuments = await deps.knowledge.hasDocuments(shop.slug);
      const hosted = hasDocuments ? await deps.knowledge.hosted(shop.slug) : undefined;
      const input: TurnInput = { ...asked, hasDocuments, ...(hosted && { hosted }) };
      const facts = knownFacts(shop, history.messages, history.products);
      speech = new Speech({ answer, facts, locale: turn.locale, ...(hasDocuments && { sources }) });
      const { claims } = speech;
      let exceptions = 0;
      const onException = () => void exceptions++;
      const conversation = { answer, history, facts, speech, sources, lookUps, steps, onException };
      const talk = (whole: AbortSignal) => converse(deps, input, conversation, whole);
      let unjudged = 0;
      const onUnjudged = () => void unjudged++;
      const ask = () => moderated(deps, input, { speech: conversation.speech, signal, talk, onUnjudged });
      const isShareable = () => exceptions + claims.length === 0;
      const isKeepable = () => unjudged === 0;
      finish = yield* sharing({ deps, input, answer, ask, isShareable, isKeepable }, signal);
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
  const { parts, firstAt } = answer;
  const end = { turnId: turn.id, finish, interrupted, error: failure, parts, firstAt, steps };
  await deps.storage.finishTurn({ ...end, now: deps.now() });
  if (speech) await noteClaims(deps, turn, speech.claims);
  if (finish === 'stop') await noteGaps(deps, turn, lookUps, answer.parts, sources.texts);
  if (interrupted) return false;
  if (failure) yield { type: 'error', ...failure };
  yield { type: 'done', ...ids, finish };
  return (
    history !== undefined && isSummaryDue(deps, { shop, turn, hasDocuments }, history, { parts: answer.parts, finish })
  );
}
