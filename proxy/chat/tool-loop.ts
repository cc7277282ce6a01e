import { cleanLine } from '../clean-text.ts';
import { ChatError } from '../errors.ts';
import type { ModelItem } from '../models/types.ts';
import type { CartAct, CartOutcome, ChatEvent, PageOutcome } from '../protocol/index.ts';
import type { ToolStep } from '../storage/types.ts';
import type { LookUp, Tool, ToolContext, ToolResult } from '../tools/types.ts';
import type { ClientActs } from './client-acts.ts';
import { fence } from './context/fence.ts';
import { outcomeFacts } from './known.ts';
import { pageFacts } from './page-tools.ts';
import type { ToldFacts } from './context/told-facts.ts';
import type { EndedTool } from '../turn-watch.ts';
import type { Log } from './types.ts';

/** UTF-16 code units of what is kept of a call. */
const MAX_NAME = 64;
const MAX_QUERY = 200;
/** Steps of a turn that are kept for the shop's owner. */
export const MAX_STEPS = 40;

export interface ToolCall {
  callId: string;
  name: string;
  /** JSON, as the model wrote it. */
  arguments: string;
}

export interface ToolRun {
  calls: readonly ToolCall[];
  tools: readonly Tool[];
  context: ToolContext;
  acts: ClientActs;
  /** What the model knows already from earlier rounds. */
  told: ToldFacts;
  /** Hears of every output that goes to the model, and of the products it names. */
  onOutput(output: unknown, named: readonly number[]): void;
  /** Hears of what was looked for. */
  onLookUp(lookUp: LookUp): void;
  /** Hears of every call that has ended. */
  onStep(step: ToolStep): void;
  /** Hears how long a tool took, the page's part of it left out. */
  onRun(run: Pick<EndedTool, 'name' | 'known' | 'failed' | 'startedAt' | 'endedAt'>): void;
  log: Log;
}

/** A step of a call: what its tool made, or how the page's part of it ended. */
type Step = { call: ToolCall; index: number } & (
  | { result: ToolResult }
  | { act: CartAct; callId: string; isNew: boolean; outcome: CartOutcome }
  | { ofPage: PageOutcome }
);

/**
 * Runs the calls of one round side by side. Their events go out in the order in which the tools end; their outputs go
 * back to the model in the order of the calls, one for each: a provider refuses a history with a call left unanswered.
 */
export async function* runToolCalls(run: ToolRun): AsyncGenerator<ChatEvent, ModelItem[]> {
  const { calls, context, acts, told, onOutput, onLookUp, onStep } = run;
  const outputs: unknown[] = [];
  /** Calls whose outputs no catalogue stands behind. */
  const ofPage = new Set<number>();
  const steps = new Map<number, Promise<Step>>();
  for (const [index, call] of calls.entries()) {
    const startedAt = context.now();
    const step = runCall(call, run).then((result) => {
      const known = run.tools.some(({ name }) => name === call.name);
      run.onRun({
        name: stepOf(call).name,
        known,
        failed: isFailure(result.output),
        startedAt,
        endedAt: context.now(),
      });
      return { index, call, result };
    });
    steps.set(index, step);
  }
  const end = function* (step: Step, output: unknown, named: readonly number[], events: readonly ChatEvent[]) {
    onOutput(output, named);
    outputs[step.index] = output;
    if (!endsAnswer(step.call, run.tools)) yield { type: 'tool', name: step.call.name, status: 'done' } as const;
    yield* events;
  };
  while (steps.size > 0) {
    const step = await Promise.race(steps.values());
    const { index, call } = step;
    steps.delete(index);
    if ('act' in step) {
      const { act, callId, isNew, outcome } = step;
      const kept: ChatEvent[] = isNew ? [{ type: 'cart', call_id: callId, outcome, ...act }] : [];
      onStep({ ...stepOf(call), ...(!outcome.ok && { failed: true }) });
      yield* end(step, outcomeFacts(outcome), [], kept);
    } else if ('ofPage' in step) {
      ofPage.add(index);
      onStep({ ...stepOf(call), ...(!step.ofPage.ok && { failed: true }) });
      yield* end(step, await pageFacts(step.ofPage, context), [], []);
    } else if (step.result.client?.name === 'page_tool') {
      const { client: act } = step.result;
      const { callId, isNew, outcome } = acts.ask(act, context.signal);
      const waiting = outcome.then((outcome) => ({ index, call, ofPage: outcome as PageOutcome }));
      waiting.catch(() => undefined);
      steps.set(index, waiting);
      if (isNew) yield { type: 'client_tool', call_id: callId, ...act };
    } else if (step.result.client) {
      const { client: act } = step.result;
      const { callId, isNew, outcome } = acts.ask(act, context.signal);
      const waiting = outcome.then((outcome) => ({ index, call, act, callId, isNew, outcome }));
      // Another call of the round may end the turn first.
      waiting.catch(() => undefined);
      steps.set(index, waiting);
      if (isNew) yield { type: 'client_tool', call_id: callId, ...act };
    } else {
      const { output, named = [], events = [], lookUp } = step.result;
      if (lookUp) onLookUp(lookUp);
      onStep({ ...stepOf(call), ...(lookUp && foundBy(lookUp)), ...(isFailure(output) && { failed: true }) });
      yield* end(step, output, named, events);
    }
  }
  // In the order in which the model reads them, whichever tool was the faster one.
  return calls.map(({ callId }, index) => {
    return {
      type: 'tool_result',
      callId,
      output: fence(ofPage.has(index) ? outputs[index] : told.brief(outputs[index])),
    };
  });
}

/** The name is the model's. */
function stepOf({ name }: ToolCall): ToolStep {
  return { name: cleanLine(name, MAX_NAME) };
}

function foundBy({ query, found }: LookUp): Pick<ToolStep, 'query' | 'found'> {
  return { query: keptQuery(query), found };
}

/** What is kept of the words that a model searched for. */
export function keptQuery(query: string): string {
  return cleanLine(query, MAX_QUERY);
}

function isFailure(output: unknown): boolean {
  return (
    typeof output === 'object' && output !== null && ('error' in output || ('ok' in output && output.ok === false))
  );
}

/** Whether it calls what ends an answer. */
export function endsAnswer({ name }: ToolCall, tools: readonly Tool[]): boolean {
  return tools.some((tool) => tool.name === name && tool.last === true);
}

/** What the model did wrong is told to the model, which then can do better; it is no error of the turn. */
async function runCall(call: ToolCall, { tools, context, log }: ToolRun): Promise<ToolResult> {
  const tool = tools.find(({ name }) => name === call.name);
  if (!tool) return { output: { error: `There is no tool named ${call.name}.` } };
  let json: unknown;
  try {
    json = JSON.parse(call.arguments);
  } catch {
    return { output: { error: 'The arguments are not valid JSON.' } };
  }
  const input = tool.input.safeParse(json);
  if (!input.success) {
    const problems = input.error.issues.map((issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`);
    return { output: { error: `Invalid arguments. ${problems.join('; ')}` } };
  }
  try {
    return await tool.run(input.data, context);
  } catch (error) {
    context.signal.throwIfAborted();
    log.error({ err: ChatError.from(error).cause ?? error, tool: call.name }, 'a tool failed');
    return { output: { error: 'The tool failed. Go on without it and tell the shopper what you could not look up.' } };
  }
}
