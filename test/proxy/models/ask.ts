import { afterEach } from 'vitest';
import type { ChatError } from '../../../proxy/errors.ts';
import { createOpenAiChat, createOpenAiResponses, type OpenAiOptions } from '../../../proxy/models/index.ts';
import { withRetry, type RetryOptions } from '../../../proxy/models/with-retry.ts';
import type { Model, ModelEvent, ModelRequest, WireName } from '../../../proxy/models/types.ts';
import { type FakeOpenAi, type Script, startFakeOpenAi } from '../../fakes/fake-openai.ts';

export const API_KEY = 'sk-proj-very-secret-key';

export interface Asked {
  events: ModelEvent[];
  text: string;
  calls: Extract<ModelEvent, { type: 'tool_call' }>[];
  end: Extract<ModelEvent, { type: 'end' }> | undefined;
  /** What the stream threw, if it did. */
  error: ChatError | undefined;
}

/** Asks once and keeps all that comes, the error included. */
export async function ask(
  model: Model,
  request: Partial<ModelRequest> = {},
  signal = new AbortController().signal,
): Promise<Asked> {
  const events: ModelEvent[] = [];
  let error: ChatError | undefined;
  try {
    for await (const event of model.stream(question(request), signal)) events.push(event);
  } catch (thrown) {
    error = thrown as ChatError;
  }
  return {
    events,
    text: events.map((event) => (event.type === 'text' ? event.delta : '')).join(''),
    calls: events.filter((event) => event.type === 'tool_call'),
    end: events.find((event) => event.type === 'end'),
    error,
  };
}

export function question(request: Partial<ModelRequest> = {}): ModelRequest {
  return {
    instructions: 'You sell pet food.',
    input: [{ type: 'message', role: 'user', text: 'Do you have dog food?' }],
    tools: [],
    toolChoice: 'auto',
    maxOutputTokens: 500,
    ...request,
  };
}

const running: FakeOpenAi[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((fake) => fake.close()));
});

export interface FakeModelOptions extends OpenAiOptions, RetryOptions {
  wire: WireName;
}

/** A model that talks to a fake of its own; the fake ends with the test. Waits between tries are noted, not waited for. */
export async function fakeModel(
  script: Script,
  { wire = 'responses', maxAttempts = 3, sleep, ...options }: Partial<FakeModelOptions> = {},
): Promise<{ fake: FakeOpenAi; model: Model; waits: number[] }> {
  const fake = await startFakeOpenAi(script);
  running.push(fake);
  const waits: number[] = [];
  const create = wire === 'chat' ? createOpenAiChat : createOpenAiResponses;
  const once = create({ apiKey: API_KEY, baseUrl: fake.baseUrl, model: 'gpt-test', ...options });
  const model = withRetry(once, {
    maxAttempts,
    sleep: sleep ?? ((ms) => Promise.resolve(void waits.push(ms))),
    random: () => 0,
  });
  return { fake, model, waits };
}
