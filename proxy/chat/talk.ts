import type { ModelEvent, ModelItem, ModelRequest } from '../models/types.ts';
import type { ChatEvent, Finish } from '../protocol/index.ts';
import type { LookUp, Tool, ToolContext } from '../tools/types.ts';
import type { Answer } from './answer.ts';
import type { Sources } from './citations/sources.ts';
import type { Facts } from './claims/facts.ts';
import { idsOnPages } from './context/asked-on.ts';
import { digest, promptFor, toolsFor, type Prompt } from './context/prompt.ts';
import type { History } from './context/history.ts';
import { HostedSearches } from './hosted-search.ts';
import type { ToolStep } from '../storage/types.ts';
import { productIdsIn } from './live-cards.ts';
import { toolsOf, withTools } from './page-tools.ts';
import { forAnswer, type ModelCall } from './model-call.ts';
import type { Speech } from './speech.ts';
import { Spending } from './spending.ts';
import { suggestionsOf } from './suggestions.ts';
import { ToldFacts } from './context/told-facts.ts';
import { endsAnswer, MAX_STEPS, runToolCalls, type ToolCall } from './tool-loop.ts';
import { TurnContext } from './context/turn-context.ts';
import type { TurnDeps, TurnInput } from './types.ts';

export interface Conversation {
  answer: Answer;
  history: History;
  /** What the answer may state; grows with every tool. */
  facts: Facts;
  speech: Speech;
  /** What the tools found in the shop's documents. */
  sources: Sources;
  /** What was looked for; grows with every tool. */
  lookUps: LookUp[];
  /** What was run; grows with every tool. */
  steps: ToolStep[];
  /** Told when something went another way than it would for the next one who asks. */
  onException(): void;
}

type End = Extract<ModelEvent, { type: 'end' }>;

/** What the rounds of an answer have in common, and the parts of one. */
export class Talk {
  readonly context: TurnContext;
  readonly spending: Spending;
  readonly searches: HostedSearches;
  readonly mayCall: readonly Tool[];
  /** Said, and nothing looked up since that it has to be said of. */
  answered = false;
  readonly #deps: TurnDeps;
  readonly #input: TurnInput;
  readonly #conversation: Conversation;
  readonly #prompt: Prompt;
  readonly #tools: ToolContext;
  readonly #told = new ToldFacts();
  /** Products that the thread has shown or the tools have named. */
  readonly #shown: Set<number>;
  #toldToWait = false;
  #questions: readonly string[] = [];

  constructor(deps: TurnDeps, input: TurnInput, conversation: Conversation, signal: AbortSignal) {
    const { shop, turn } = input;
    const { history, sources } = conversation;
    this.#deps = deps;
    this.#input = input;
    this.#conversation = conversation;
    const ofPage = toolsOf(input.pageTools ?? []);
    this.#prompt = withTools(promptFor(shop, deps, input), ofPage);
    this.searches = new HostedSearches(deps, input, conversation, this.#prompt);
    this.mayCall = [...toolsFor(shop, deps.tools, input), ...ofPage];
    this.spending = new Spending(deps, forAnswer(input));
    const { messages } = history;
    this.#shown = new Set([...productIdsIn(messages.flatMap(({ parts }) => parts)), ...idsOnPages(messages)]);
    this.context = new TurnContext({
      prompt: this.#prompt,
      threadId: turn.threadId,
      history,
      counts: deps.counts,
      locale: turn.locale,
      contextTokens: shop.limits.contextTokens,
      answerTokens: deps.limits.maxOutputTokens,
    });
    const asker = { shop, visitorId: turn.visitorId, address: turn.address };
    this.#tools = {
      shop,
      catalog: deps.catalog,
      knowledge: deps.knowledge,
      citable: (passage, query) => sources.number(passage, query),
      locale: turn.locale,
      shown: this.#shown,
      orders: deps.orders,
      mayTryOrder: () => deps.orders.countTry(asker),
      now: deps.now,
      signal,
    };
  }

  requestWith(input: readonly ModelItem[], toolChoice: ModelRequest['toolChoice']): ModelRequest {
    const { instructions, tools, cacheKey } = this.#prompt;
    const { wanted: hosted } = this.searches;
    return {
      instructions,
      input,
      tools,
      toolChoice,
      ...(hosted && { hosted }),
      maxOutputTokens: this.#deps.limits.maxOutputTokens,
      promptCacheKey: cacheKey,
      safetyIdentifier: digest(this.#input.turn.visitorId),
    };
  }

  /** After a refusal for length. @returns false when nothing is left to leave out */
  trim(): boolean {
    if (!this.context.trim()) return false;
    // The next round tells anew what was cut.
    this.#told.forget();
    return true;
  }

  /** What the shopper hears of an event of the model's. Not async: it runs for every token. */
  *hear(event: ModelEvent, call: ModelCall, round: number): Generator<ChatEvent> {
    const { answer, speech, onException } = this.#conversation;
    switch (event.type) {
      case 'text':
        this.answered ||= event.delta.trim() !== '';
        // An answer in two rounds is two paragraphs, not one run-on sentence.
        yield* speech.words(round > 1 && call.isFirstText ? answer.paragraphBreak() + event.delta : event.delta);
        break;
      case 'tool_call':
        if (!endsAnswer(event, this.mayCall)) {
          yield* speech.event({ type: 'tool', name: event.name, status: 'started' });
        }
        break;
      case 'searching':
      case 'found':
      case 'cited':
        if (event.type === 'searching') this.answered = false;
        yield* this.searches.hear(event);
        break;
      case 'waiting':
        // Once is enough, and only now: no part of the answer that is kept.
        if (!this.#toldToWait) yield* speech.event({ type: 'notice', code: 'busy' });
        this.#toldToWait = true;
        break;
      case 'fallback':
        onException();
        break;
      case 'end':
        if (event.finish === 'refusal') onException();
        break;
      case 'retried':
        break;
    }
  }

  /** @returns what the model is told of it, and whether the shopper was shown anything */
  async *runTools(calls: readonly ToolCall[]): AsyncGenerator<ChatEvent, { items: ModelItem[]; showed: boolean }> {
    const { facts, speech, lookUps, steps, onException } = this.#conversation;
    const run = runToolCalls({
      calls,
      tools: this.mayCall,
      context: this.#tools,
      acts: this.#input.acts,
      told: this.#told,
      onOutput: (output, named) => {
        // An error repeats what the model wrote, and its own words are no facts.
        if (isError(output)) onException();
        else facts.learn(output);
        for (const id of named) this.#shown.add(id);
      },
      onLookUp: (lookUp) => void lookUps.push(lookUp),
      onStep(step) {
        if (steps.length < MAX_STEPS) steps.push(step);
      },
      onRun: (run) => {
        const { shop, id: turnId } = this.#input.turn;
        this.#deps.watch?.ran({ ...run, shop, turnId });
      },
      log: this.#deps.log,
    });
    let showed = false;
    let next = await run.next();
    for (; !next.done; next = await run.next()) {
      const event = next.value;
      // Comes when all is said, and only once.
      if (event.type === 'suggestions') this.#questions = event.data;
      else yield* speech.event(event);
      if (event.type === 'notice' && event.code === 'contact') {
        const { shop, threadId: thread, id } = this.#input.turn;
        this.#deps.log.info({ shop, thread, turn: id }, 'a shopper was brought to the people of the shop');
      }
      showed ||= event.type !== 'tool' && event.type !== 'suggestions';
    }
    return { items: next.value, showed };
  }

  /** Last of all what to ask next. */
  *finish(end: End | undefined): Generator<ChatEvent, Finish> {
    const { facts, history, speech } = this.#conversation;
    const event = suggestionsOf(this.#questions, { facts, messages: history.messages });
    if (event) yield* speech.event(event);
    return end?.finish === 'length' ? 'length' : 'stop';
  }
}

function isError(output: unknown): boolean {
  return typeof output === 'object' && output !== null && 'error' in output;
}
