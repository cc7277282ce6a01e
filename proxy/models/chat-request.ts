import type OpenAI from 'openai';
import type { BodySettings } from './openai-model.ts';
import type { Capabilities, ModelItem, ModelRequest, ModelTool, ReasoningEffort } from './types.ts';

export type ChatBody = OpenAI.Chat.ChatCompletionCreateParamsStreaming;
type Message = OpenAI.Chat.ChatCompletionMessageParam;
type Assistant = OpenAI.Chat.ChatCompletionAssistantMessageParam;

/**
 * The request in the words of Chat Completions. Not here on purpose: `store` (nothing is kept unless it is asked for),
 * `n`, and whatever only the Responses API can take back.
 */
export function toChatBody(request: ModelRequest, settings: BodySettings): ChatBody {
  const { instructions, input, tools, toolChoice, maxOutputTokens, promptCacheKey, safetyIdentifier } = request;
  const { model, capabilities: can, temperature } = settings;
  // A server that can't be told to leave the tools alone isn't given any.
  const offered = toolChoice === 'none' && !can.toolChoice ? [] : tools;
  const effort = effortOf(settings, offered.length > 0);
  return {
    model,
    // First and the same to the byte, so that the provider can cache them.
    messages: [{ role: can.developerRole ? 'developer' : 'system', content: instructions }, ...toMessages(input)],
    ...(offered.length > 0 && {
      tools: offered.map((tool) => toTool(tool, can)),
      ...(can.toolChoice && { tool_choice: toolChoice }),
      ...(can.parallelToolCalls && { parallel_tool_calls: true }),
    }),
    ...(effort !== undefined && { reasoning_effort: effort }),
    ...(temperature !== undefined && can.temperature && { temperature }),
    [can.maxTokensField]: maxOutputTokens,
    stream: true,
    ...(can.usageInStream && { stream_options: { include_usage: true } }),
    ...(promptCacheKey !== undefined && can.promptCacheKey && { prompt_cache_key: promptCacheKey }),
    ...(safetyIdentifier !== undefined && can.safetyIdentifier && { safety_identifier: safetyIdentifier }),
  };
}

function effortOf(
  { capabilities: can, reasoningEffort }: BodySettings,
  withTools: boolean,
): ReasoningEffort | undefined {
  if (withTools && !can.reasonsWithTools && can.reasoningEfforts.includes('none')) return 'none';
  return reasoningEffort !== undefined && can.reasoningEfforts.includes(reasoningEffort) ? reasoningEffort : undefined;
}

function toTool(
  { name, description, parameters }: ModelTool,
  { strictTools }: Capabilities,
): OpenAI.Chat.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters, ...(strictTools && { strict: true }) } };
}

/**
 * One message for all that one side says in a row: the templates of many open models refuse two of a kind. Results follow
 * their calls in the calls' order, since some servers match them by place. Opaque items are of the Responses API.
 */
function toMessages(input: readonly ModelItem[]): Message[] {
  const messages: Message[] = [];
  let results: { callId: string; output: string }[] = [];
  let calls: string[] = [];
  function settle(): void {
    const place = ({ callId }: { callId: string }): number => calls.indexOf(callId);
    results.sort((a, b) => place(a) - place(b));
    messages.push(
      ...results.map(({ callId, output }) => ({ role: 'tool' as const, tool_call_id: callId, content: output })),
    );
    results = [];
    calls = [];
  }
  for (const item of input) {
    if (item.type === 'tool_result') {
      results.push(item);
      continue;
    }
    if (item.type === 'opaque') continue;
    if (results.length > 0) settle();
    const last = messages.at(-1);
    if (item.type === 'message' && item.role === 'user') {
      if (last?.role === 'user') last.content = joined(last.content, item.text);
      else messages.push({ role: 'user', content: item.text });
      continue;
    }
    const assistant: Assistant = last?.role === 'assistant' ? last : { role: 'assistant', content: '' };
    if (assistant !== last) messages.push(assistant);
    if (item.type === 'tool_call') {
      calls.push(item.callId);
      (assistant.tool_calls ??= []).push(toCall(item));
    } else {
      assistant.content = joined(assistant.content, item.text);
    }
  }
  settle();
  return messages;
}

function joined(before: unknown, text: string): string {
  return typeof before === 'string' && before !== '' ? `${before}\n\n${text}` : text;
}

/** Servers parse what they are given back, and fail on half an object. */
function toCall({
  callId,
  name,
  arguments: args,
}: ModelItem & { type: 'tool_call' }): OpenAI.Chat.ChatCompletionMessageToolCall {
  return { id: callId, type: 'function', function: { name, arguments: isObject(args) ? args : '{}' } };
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
