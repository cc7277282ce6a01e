export { createOpenAiChat } from './openai-chat.ts';
export type { OpenAiOptions } from './openai-model.ts';
export { createOpenAiResponses } from './openai-responses.ts';
export type { Model, ModelEvent, ModelItem, ModelRequest, ModelTool, TokenUsage } from './types.ts';
