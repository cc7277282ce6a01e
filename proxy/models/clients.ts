import type { Guard } from '../outbound/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import { createOpenAiResponses } from './openai-responses.ts';
import type { Model } from './types.ts';

/** A shop may change its models while the proxy runs; beyond this the oldest client is made anew when it is asked again. */
const MAX_CLIENTS = 200;

/** One client for each server, key and model: they keep connections, and what they learned of the server. */
export function createModels({ guard }: { guard: Guard }): (choice: ModelChoice) => Model {
  const clients = new Map<string, Model>();
  return function modelFor({ model, baseUrl, apiKey, guarded }) {
    const name = JSON.stringify([baseUrl, apiKey.reveal(), model, guarded]);
    const known = clients.get(name);
    if (known) return known;
    if (clients.size >= MAX_CLIENTS) clients.delete(clients.keys().next().value!);
    const client = createOpenAiResponses({ baseUrl, apiKey: apiKey.reveal(), model, ...(guarded && { guard }) });
    clients.set(name, client);
    return client;
  };
}
