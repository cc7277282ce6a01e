import { ChatError } from '../errors.ts';
import type { ModelEvent, ModelItem } from '../models/types.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import { type Conversation, Talk } from './talk.ts';
import { endsAnswer, type ToolCall } from './tool-loop.ts';
import type { TurnDeps, TurnInput } from './types.ts';
import { degrade, saying } from './without-model.ts';

type End = Extract<ModelEvent, { type: 'end' }>;

/** Asks the model, runs its tools, and asks again with what they found, until it has said what it wants to say. */
export async function* converse(
  deps: TurnDeps,
  input: TurnInput,
  conversation: Conversation,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, Finish> {
  // Here and not in a method: whatever may throw does so inside the turn, and no event passes one generator more.
  const talk = new Talk(deps, input, conversation, signal);
  const { context, spending } = talk;
  const { answer, speech, onException } = conversation;
  for (let round = 1; ; round++) {
    const isLast = round >= deps.limits.maxRounds;
    const requestWith = (items: readonly ModelItem[]) => talk.requestWith(items, isLast ? 'none' : 'auto');
    const request = requestWith(await context.input((items) => spending.count(requestWith(items), signal)));
    const call = await spending.begin(request);
    if (!call) {
      const instead = await degrade(deps, input);
      if (!instead) throw spending.refusal();
      return yield* saying(answer, instead);
    }
    if (spending.isReduced) onException();
    const calls: ToolCall[] = [];
    let end: End | undefined;
    try {
      for await (const event of call.model.stream(request, signal)) {
        call.saw(event);
        if (event.type === 'tool_call') calls.push(event);
        else if (event.type === 'end') end = event;
        else if (event.type === 'found') await talk.searches.found(event, signal);
        yield* talk.hear(event, call, round);
      }
    } catch (thrown) {
      await call.end(signal.aborted ? 'cancelled' : 'error', undefined, thrown);
      const tooLong = thrown instanceof ChatError && thrown.code === 'context_too_long';
      if (!tooLong || !talk.trim()) throw thrown;
      round--;
      continue;
    }
    await call.end('ok', end);
    yield* speech.rest();
    signal.throwIfAborted();

    if (calls.length === 0 || isLast) {
      if (answer.isEmpty) throw nothingSaid(end);
      return yield* talk.finish(end);
    }
    const { items, showed } = yield* talk.runTools(calls);
    signal.throwIfAborted();
    context.addRound([...(end?.items ?? []), ...items]);
    if (!calls.every((one) => endsAnswer(one, talk.mayCall))) {
      // "Let me look" is no answer yet; "here they are:" is one when the cards have come.
      talk.answered &&= showed;
    } else if (talk.answered) {
      return yield* talk.finish(end);
    }
  }
}

function nothingSaid(end: End | undefined): ChatError {
  return end?.finish === 'refusal'
    ? new ChatError('model_refused', 'The model declined to answer.')
    : new ChatError('model_interrupted', 'The model ended without an answer.');
}
