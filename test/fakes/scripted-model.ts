import type { Model, ModelEvent, ModelItem, ModelRequest, TokenUsage } from '../../proxy/models/types.ts';

export const USAGE: TokenUsage = {
  inputTokens: 100,
  cachedTokens: 20,
  cacheWriteTokens: 0,
  outputTokens: 10,
  reasoningTokens: 0,
  estimated: false,
};

/** What one call of the model does: events, things to wait for, errors to throw. */
export type Step = ModelEvent | Promise<unknown> | Error;

/** A model that does what it is told, one list of steps a call, and remembers what it was asked. */
export function scriptedModel(...calls: Step[][]): Model & { requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  return {
    id: 'scripted',
    requests,
    async *stream(request, signal) {
      requests.push(structuredClone(request));
      for (const step of calls[requests.length - 1] ?? says('(the script is at its end)')) {
        signal.throwIfAborted();
        if (step instanceof Error) throw step;
        if (step instanceof Promise) await Promise.race([step, aborted(signal)]);
        else yield step;
      }
    },
  };
}

export const text = (delta: string): ModelEvent => ({ type: 'text', delta });

export function end(items: ModelItem[] = [], rest: Partial<Extract<ModelEvent, { type: 'end' }>> = {}): ModelEvent {
  return { type: 'end', finish: 'stop', items, usage: USAGE, model: 'scripted-1', ...rest };
}

/** A call that answers in these pieces of text. */
export function says(...deltas: string[]): ModelEvent[] {
  return [...deltas.map(text), end([{ type: 'message', role: 'assistant', text: deltas.join('') }])];
}

/** A call that asks for these tools, after a reasoning item of its own. */
export function calls(...tools: { name: string; args: unknown }[]): ModelEvent[] {
  const items = tools.map(({ name, args }, index) => ({
    type: 'tool_call' as const,
    callId: `call_${index + 1}`,
    name,
    arguments: typeof args === 'string' ? args : JSON.stringify(args),
  }));
  return [...items, end([{ type: 'opaque', model: 'scripted', item: { id: 'reasoning' } }, ...items])];
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
