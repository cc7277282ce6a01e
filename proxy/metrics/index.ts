import { Counter, Gauge, Registry } from 'prom-client';
import type { ModelHealth } from './models/types.ts';

export interface MetricsDeps {
  models: ModelHealth;
  answers: { figures(): { hits: number; misses: number; joins: number; answers: number; bytes: number } };
  turns: { readonly active: number };
}

export interface Metrics {
  /** For the Content-Type header. */
  readonly type: string;
  /** All of them as they are now, in Prometheus' text format. */
  text(): Promise<string>;
}

const STATES = ['closed', 'half-open', 'open'] as const;

/**
 * What an operator watches, read from those who know it whenever somebody asks: nothing is counted twice, and nobody pays
 * for it in between. No label holds a visitor, an address or a key.
 */
export function createMetrics({ models, answers, turns }: MetricsDeps): Metrics {
  const registry = new Registry();

  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_model_circuit_state',
      help: 'Circuits of a model by their state: closed asks it, open does not, half-open tries it.',
      labelNames: ['model', 'state'] as const,
      registers: [],
      collect() {
        this.reset();
        for (const { model, state } of models.circuits()) {
          for (const one of STATES) this.inc({ model, state: one }, one === state ? 1 : 0);
        }
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_model_warning',
      help: '1 for a model that its provider does not know, will end soon, or whose price nobody knows.',
      labelNames: ['model', 'kind'] as const,
      registers: [],
      collect() {
        this.reset();
        for (const { model, kind } of models.warnings()) this.set({ model, kind }, 1);
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: 'shopclerk_answer_cache_questions_total',
      help: 'First questions that the answer cache may answer: hit, joined (answered along with another) or miss.',
      labelNames: ['outcome'] as const,
      registers: [],
      collect() {
        this.reset();
        const { hits, joins, misses } = answers.figures();
        for (const [outcome, count] of Object.entries({ hit: hits, joined: joins, miss: misses }))
          this.inc({ outcome }, count);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_answer_cache_answers',
      help: 'Answers that are kept.',
      registers: [],
      collect() {
        this.set(answers.figures().answers);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_answer_cache_bytes',
      help: 'Memory that they take.',
      registers: [],
      collect() {
        this.set(answers.figures().bytes);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_turns_active',
      help: 'Answers that are being written.',
      registers: [],
      collect() {
        this.set(turns.active);
      },
    }),
  );
  return { type: registry.contentType, text: () => registry.metrics() };
}
