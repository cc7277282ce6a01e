import { Counter, Histogram, type Registry } from 'prom-client';
import type { TurnWatch } from '../turn-watch.ts';
import { MODEL_S, OWN_S } from './buckets.ts';

const MICRO = 1e-6;
/** A model may call a tool whatever it likes. */
const UNKNOWN_TOOL = 'unknown';

export function registerTurns(registry: Registry): TurnWatch {
  const registers = [registry];
  const turns = new Histogram({
    name: 'shopclerk_turn_duration_seconds',
    help: 'Answers from the question to the end, by how they ended.',
    labelNames: ['finish'] as const,
    buckets: MODEL_S,
    registers,
  });
  const firsts = new Histogram({
    name: 'shopclerk_turn_first_token_seconds',
    help: 'From the question to the first thing of its answer that can be seen.',
    buckets: MODEL_S,
    registers,
  });
  const finished = new Counter({
    name: 'shopclerk_turns_total',
    help: 'Answers by shop and how they ended.',
    labelNames: ['shop', 'finish'] as const,
    registers,
  });
  const calls = new Histogram({
    name: 'shopclerk_model_call_duration_seconds',
    help: 'Calls of a model, by model, purpose and outcome.',
    labelNames: ['model', 'purpose', 'outcome'] as const,
    buckets: MODEL_S,
    registers,
  });
  const callFirsts = new Histogram({
    name: 'shopclerk_model_first_token_seconds',
    help: 'From the call of a model to its first word or tool call.',
    labelNames: ['model'] as const,
    buckets: MODEL_S,
    registers,
  });
  const retries = new Counter({
    name: 'shopclerk_model_retries_total',
    help: 'Calls of a model that were tried again.',
    labelNames: ['model'] as const,
    registers,
  });
  const tokens = new Counter({
    name: 'shopclerk_model_tokens_total',
    help: 'Tokens by shop, model and kind: input (cached ones among them), cached, output (reasoning among them), reasoning.',
    labelNames: ['shop', 'model', 'kind'] as const,
    registers,
  });
  const cost = new Counter({
    name: 'shopclerk_model_cost_usd_total',
    help: 'What calls of models have cost, in US dollars; those of an unknown price are missing.',
    labelNames: ['shop', 'model'] as const,
    registers,
  });
  const tools = new Histogram({
    name: 'shopclerk_tool_duration_seconds',
    help: 'Runs of a tool, the shopper’s yes not counted.',
    labelNames: ['tool', 'outcome'] as const,
    buckets: OWN_S,
    registers,
  });
  return {
    began: () => undefined,
    ended({ shop, own }, { finish, durationMs, firstMs }) {
      // What the owner tries out is no shopper's.
      if (own) return;
      turns.observe({ finish }, durationMs / 1000);
      if (firstMs !== null) firsts.observe(firstMs / 1000);
      finished.inc({ shop, finish });
    },
    called({ shop, model, purpose, outcome, startedAt, endedAt, firstTokenMs, retries: tries, usage, costMicroUsd }) {
      calls.observe({ model, purpose, outcome }, (endedAt - startedAt) / 1000);
      if (firstTokenMs !== null) callFirsts.observe({ model }, firstTokenMs / 1000);
      if (tries > 0) retries.inc({ model }, tries);
      tokens.inc({ shop, model, kind: 'input' }, usage.inputTokens);
      tokens.inc({ shop, model, kind: 'cached' }, usage.cachedTokens);
      tokens.inc({ shop, model, kind: 'output' }, usage.outputTokens);
      tokens.inc({ shop, model, kind: 'reasoning' }, usage.reasoningTokens);
      cost.inc({ shop, model }, (costMicroUsd ?? 0) * MICRO);
    },
    ran({ name, known, failed, startedAt, endedAt }) {
      const labels = { tool: known ? name : UNKNOWN_TOOL, outcome: failed ? 'failed' : 'ok' };
      tools.observe(labels, (endedAt - startedAt) / 1000);
    },
  };
}
