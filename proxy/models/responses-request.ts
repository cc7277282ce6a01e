import type OpenAI from 'openai';
import type { ModelItem, ModelRequest, ModelTool } from './types.ts';

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';
export type RequestBody = OpenAI.Responses.ResponseCreateParamsStreaming;

/**
 * Fields that make an answer better or cheaper and that some models and servers refuse: gpt-4o and gpt-4.1, for one,
 * answer `include` with 400 "Encrypted content is not supported with this model".
 */
const DISPENSABLE = [
  'include',
  'prompt_cache_key',
  'safety_identifier',
  'stream_options',
  'parallel_tool_calls',
] as const;
export type DispensableField = (typeof DISPENSABLE)[number];

/** The dispensable field that an error's `param` names, if it does (`stream_options.include_obfuscation`). */
export function dispensableField(param: string | null | undefined): DispensableField | undefined {
  return DISPENSABLE.find(
    (field) => param === field || param?.startsWith(`${field}.`) || param?.startsWith(`${field}[`),
  );
}

export interface RequestBodyOptions {
  model: string;
  reasoningEffort?: ReasoningEffort;
  without: ReadonlySet<DispensableField>;
}

/**
 * Stateless: `store: false` and the whole history each time, which every compatible server understands. Not here on
 * purpose: `previous_response_id`, `conversation` and `prompt` (state at the provider), `temperature` (reasoning models
 * reject it).
 */
export function toRequestBody(
  request: ModelRequest,
  { model, reasoningEffort, without }: RequestBodyOptions,
): RequestBody {
  const { instructions, input, tools, toolChoice, maxOutputTokens, promptCacheKey, safetyIdentifier } = request;
  const body: RequestBody = {
    model,
    // Tools and instructions come first and stay the same to the byte, so that the provider can cache them.
    instructions,
    ...(tools.length > 0 && { tools: tools.map(toTool), tool_choice: toolChoice, parallel_tool_calls: true }),
    input: input.flatMap((item) => toInputItem(item, model)),
    ...(reasoningEffort !== undefined && { reasoning: { effort: reasoningEffort } }),
    max_output_tokens: maxOutputTokens,
    store: false,
    include: ['reasoning.encrypted_content'],
    stream: true,
    // Else every delta carries a random string against eavesdroppers who count bytes; this line has none.
    stream_options: { include_obfuscation: false },
    ...(promptCacheKey !== undefined && { prompt_cache_key: promptCacheKey }),
    ...(safetyIdentifier !== undefined && { safety_identifier: safetyIdentifier }),
  };
  for (const field of without) delete body[field];
  return body;
}

function toTool({ name, description, parameters }: ModelTool): OpenAI.Responses.FunctionTool {
  return { type: 'function', name, description, parameters, strict: true };
}

function toInputItem(item: ModelItem, model: string): OpenAI.Responses.ResponseInputItem[] {
  switch (item.type) {
    case 'message':
      return [{ type: 'message', role: item.role, content: item.text }];
    case 'tool_call':
      return [{ type: 'function_call', call_id: item.callId, name: item.name, arguments: item.arguments }];
    case 'tool_result':
      return [{ type: 'function_call_output', call_id: item.callId, output: item.output }];
    case 'opaque':
      // Made by `toModelItem` for this very model; another model can't read it.
      return item.model === model ? [item.item as OpenAI.Responses.ResponseInputItem] : [];
  }
}
