export { createOpenAiResponses, type OpenAiResponsesOptions } from './openai-responses.ts';
export type { Model, ModelEvent, ModelItem, ModelRequest, ModelTool, TokenUsage } from './types.ts';
