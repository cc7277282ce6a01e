import type OpenAI from 'openai';
import { toFileSearch } from './hosted-search.ts';
import type { BodySettings } from './openai-model.ts';
import type { ModelItem, ModelRequest, ModelTool } from './types.ts';

export type RequestBody = OpenAI.Responses.ResponseCreateParamsStreaming;

/**
 * Stateless: `store: false` and the whole history each time, which every compatible server understands. Not here on
 * purpose: `previous_response_id`, `conversation` and `prompt` (state at the provider).
 */
export function toRequestBody(request: ModelRequest, settings: BodySettings): RequestBody {
  const { instructions, input, tools, toolChoice, hosted, maxOutputTokens, promptCacheKey, safetyIdentifier } = request;
  const { model, capabilities: can, reasoningEffort: effort, temperature } = settings;
  // A server that can't be told to leave the tools alone isn't given any.
  const offered = toolChoice === 'none' && !can.toolChoice ? [] : tools;
  const searches = offered.some(({ name }) => name === hosted?.replaces) ? hosted : undefined;
  const include = [
    ...(can.encryptedReasoning ? (['reasoning.encrypted_content'] as const) : []),
    ...(searches ? (['file_search_call.results'] as const) : []),
  ];
  return {
    model,
    // Tools and instructions come first and stay the same to the byte, so that the provider can cache them.
    instructions: searches?.instructions ?? instructions,
    ...(offered.length > 0 && {
      tools: offered.map((tool) =>
        searches?.replaces === tool.name ? toFileSearch(searches) : toTool(tool, can.strictTools),
      ),
      ...(can.toolChoice && { tool_choice: toolChoice }),
      ...(can.parallelToolCalls && { parallel_tool_calls: true }),
    }),
    input: input.flatMap((item) => toInputItem(item, model)),
    ...(effort !== undefined && can.reasoningEfforts.includes(effort) && { reasoning: { effort } }),
    ...(temperature !== undefined && can.temperature && { temperature }),
    max_output_tokens: maxOutputTokens,
    store: false,
    ...(include.length > 0 && { include }),
    // Of the provider's own tools: each search is paid for.
    ...(searches && { max_tool_calls: searches.maxSearches }),
    stream: true,
    // Else every delta carries a random string against eavesdroppers who count bytes; this line has none.
    ...(can.obfuscation && { stream_options: { include_obfuscation: false } }),
    ...(promptCacheKey !== undefined && can.promptCacheKey && { prompt_cache_key: promptCacheKey }),
    ...(safetyIdentifier !== undefined && can.safetyIdentifier && { safety_identifier: safetyIdentifier }),
  };
}

function toTool({ name, description, parameters }: ModelTool, strict: boolean): OpenAI.Responses.FunctionTool {
  return { type: 'function', name, description, parameters, strict };
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
