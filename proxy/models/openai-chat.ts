import { ChatParser } from './chat-events.ts';
import { type ChatBody, toChatBody } from './chat-request.ts';
import { createOpenAiModel, type OpenAiOptions, type OpenAiWire } from './openai-model.ts';
import type { Model } from './types.ts';

const CHAT: OpenAiWire<ChatBody> = {
  searches: false,
  toBody: toChatBody,
  post: (client, body, options) => client.chat.completions.create(body, options).asResponse(),
  createParser: (request, settings, redact) => new ChatParser(request, settings, redact),
};

/**
 * A model behind the Chat Completions API: for servers that have no Responses API. It can't give its reasoning back from
 * round to round of the tool loop, and OpenAI's newest models take tools there only while they don't reason.
 */
export function createOpenAiChat(options: OpenAiOptions): Model {
  return createOpenAiModel(CHAT, options);
}
