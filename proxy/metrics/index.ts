import { Registry } from 'prom-client';
import { registerProcess } from './process.ts';
import { registerRequests } from './requests.ts';
import { registerState, type StateDeps } from './state.ts';
import { registerTurns } from './turns.ts';
import type { Metrics } from './types.ts';

export type { Metrics } from './types.ts';

/**
 * What an operator watches. What somebody knows already is read when it is asked for; the rest is counted once for each
 * request, turn, call and tool, never for an event of a stream. Labels are bounded: shops, models, routes, codes; none holds
 * a visitor, a thread, an address or a key.
 */
export function createMetrics(deps: StateDeps): Metrics {
  const registry = new Registry();
  const own = registerProcess(registry);
  registerState(registry, deps);
  return {
    type: registry.contentType,
    text: () => registry.metrics(),
    ...registerRequests(registry),
    ...registerTurns(registry),
    close: own.close,
  };
}
