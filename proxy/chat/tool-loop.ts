import { ChatError } from '../errors.ts';
import type { ModelItem } from '../models/types.ts';
import type { ChatEvent } from '../protocol/index.ts';
import type { Tool, ToolContext, ToolResult } from '../tools/types.ts';
import { fence } from './fence.ts';
import type { Log } from './types.ts';

export interface ToolCall {
  callId: string;
  name: string;
  /** JSON, as the model wrote it. */
  arguments: string;
}

/**
 * Runs the calls of one round side by side. Their events go out in the order in which the tools end; their outputs go
 * back to the model in the order of the calls, one for each: a provider refuses a history with a call left unanswered.
 */
export async function* runToolCalls(options: {
  calls: readonly ToolCall[];
  tools: readonly Tool[];
  context: ToolContext;
  log: Log;
}): AsyncGenerator<ChatEvent, ModelItem[]> {
  const { calls, tools, context, log } = options;
  const outputs: ModelItem[] = [];
  const running = new Map(
    calls.map((call, index) => [index, runCall(call, tools, context, log).then((result) => ({ index, call, result }))]),
  );
  while (running.size > 0) {
    const { index, call, result } = await Promise.race(running.values());
    running.delete(index);
    outputs[index] = { type: 'tool_result', callId: call.callId, output: fence(result.output) };
    yield { type: 'tool', name: call.name, status: 'done' };
    yield* result.events ?? [];
  }
  return outputs;
}

/** What the model did wrong is told to the model, which then can do better; it is no error of the turn. */
async function runCall(call: ToolCall, tools: readonly Tool[], context: ToolContext, log: Log): Promise<ToolResult> {
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
