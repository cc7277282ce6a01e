import type { Guard } from '../outbound/types.ts';
import type { ModelChoice } from '../shops/types.ts';
import { createKeptClients } from './kept-clients.ts';
import { createOpenAiChat } from './openai-chat.ts';
import { createOpenAiResponses } from './openai-responses.ts';
import type { CircuitReport, Model } from './types.ts';
import { type CircuitOptions, type GuardedModel, withCircuitBreaker } from './with-circuit-breaker.ts';
import { withFallback } from './with-fallback.ts';
import { createWaitingRoom, type WaitingRoom, withQueue } from './with-queue.ts';
import { withRetry } from './with-retry.ts';

interface Client {
  model: Model;
  count: NonNullable<Model['count']>;
  circuit: GuardedModel['circuit'];
  room: WaitingRoom;
}

export interface Models {
  /** The model of a choice, with all that keeps it up; asks the fallback where the first can't answer. */
  modelFor(choice: ModelChoice, fallback?: ModelChoice | null): Model;
  /** Of every model that was asked since the start. */
  states(): CircuitReport[];
  /** Who waits for them. */
  queues(): { model: string; waiting: number }[];
}

export interface ModelsOptions extends Pick<CircuitOptions, 'log'> {
  guard: Guard;
}

/**
 * One client for each server, key and model: it keeps connections, what it learned of the server, and its circuit. From
 * the inside out: circuit, retry, fallback, queue. So each try counts for the circuit, an open one is not tried again, and
 * nobody waits for a busy model while another one can answer.
 */
export function createModels({ guard, log }: ModelsOptions): Models {
  const clients = createKeptClients<Client>();

  function createClient(choice: ModelChoice): Client {
    const { wire, apiKey, guarded, prices: _, ...settings } = choice;
    const create = wire === 'chat' ? createOpenAiChat : createOpenAiResponses;
    const bare = create({ ...settings, apiKey: apiKey.reveal(), log, ...(guarded && { guard }) });
    const watched = withCircuitBreaker(bare, { log });
    // Rate limits are the queue's.
    const lasting = withRetry(watched, { leave: ({ code }) => code === 'model_rate_limited' });
    return {
      model: lasting,
      // Of a model that doesn't answer nobody waits for a count.
      count: async (request, signal) =>
        watched.circuit().state === 'closed' ? ((await bare.count?.(request, signal)) ?? null) : null,
      circuit: watched.circuit,
      room: createWaitingRoom(),
    };
  }

  function clientFor(choice: ModelChoice): Client {
    const { apiKey, prices: _, ...rest } = choice;
    return clients.of([apiKey.reveal(), rest], () => createClient(choice));
  }

  return {
    modelFor(choice, fallback = null) {
      const { model, count, room } = clientFor(choice);
      const lasting = fallback ? withFallback(model, clientFor(fallback).model) : model;
      return { ...withQueue(lasting, room), count };
    },
    states: () => clients.all().map(({ circuit }) => circuit()),
    queues: () => clients.all().map(({ model, room }) => ({ model: model.id, waiting: room.waiting })),
  };
}
