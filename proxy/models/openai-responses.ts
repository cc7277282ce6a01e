import { createOpenAiModel, type OpenAiOptions, type OpenAiWire } from './openai-model.ts';
import { ResponsesParser } from './responses-events.ts';
import { type RequestBody, toRequestBody } from './responses-request.ts';
import type { Model } from './types.ts';

const RESPONSES: OpenAiWire<RequestBody> = {
  searches: true,
  toBody: toRequestBody,
  post: (client, body, options) => client.responses.create(body, options).asResponse(),
  createParser: (request, { model }, redact) => new ResponsesParser(model, request, redact),
  async count(client, { model = null, instructions = null, input = null, tools = null, reasoning = null }, options) {
    const body = { model, instructions, input, tools, reasoning };
    return (await client.responses.inputTokens.count(body, options)).input_tokens;
  },
};

/** A model behind the Responses API of OpenAI or of a compatible server. */
export function createOpenAiResponses(options: OpenAiOptions): Model {
  return createOpenAiModel(RESPONSES, options);
}
