import { Counter, Gauge, type Registry } from 'prom-client';
import type { Condition } from '../condition.ts';
import type { ModelHealth } from '../models/types.ts';

export interface StateDeps {
  models: ModelHealth;
  answers: { figures(): { hits: number; misses: number; joins: number; answers: number; bytes: number } };
  turns: { active(): number };
  condition: Condition;
  now: () => number;
}

const STATES = ['closed', 'half-open', 'open'] as const;

/** What is read from those who know it whenever somebody asks: nothing is counted twice, and nobody pays for it in between. */
export function registerState(registry: Registry, { models, answers, turns, condition, now }: StateDeps): void {
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
        this.set(turns.active());
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_model_queue_waiting',
      help: 'Questions that wait because a model may not be asked so often.',
      labelNames: ['model'] as const,
      registers: [],
      collect() {
        this.reset();
        for (const { model, waiting } of models.queues()) this.inc({ model }, waiting);
      },
    }),
  );
  registerShops(registry, condition, now);
  registerDisk(registry, condition);
}

function registerShops(registry: Registry, condition: Condition, now: () => number): void {
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_catalogue_products',
      help: 'Products that are served.',
      labelNames: ['shop'] as const,
      registers: [],
      async collect() {
        this.reset();
        for (const { shop, products } of (await condition.look()).catalogues) this.set({ shop }, products);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_catalogue_age_seconds',
      help: 'Since a catalogue was last found to be up to date; of one that is only read when it changes, since then.',
      labelNames: ['shop'] as const,
      registers: [],
      async collect() {
        this.reset();
        for (const { shop, syncedAt } of (await condition.look()).catalogues)
          if (syncedAt !== null) this.set({ shop }, (now() - syncedAt) / 1000);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_catalogue_stale',
      help: '1 for a catalogue whose last sync failed, or that has missed three in a row.',
      labelNames: ['shop'] as const,
      registers: [],
      async collect() {
        this.reset();
        for (const { shop, status } of (await condition.look()).catalogues)
          this.set({ shop }, status === 'failed' || status === 'stale' ? 1 : 0);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_documents',
      help: 'Documents by shop and status.',
      labelNames: ['shop', 'status'] as const,
      registers: [],
      async collect() {
        this.reset();
        for (const { shop, counts } of (await condition.look()).documents)
          for (const [status, count] of Object.entries(counts)) this.set({ shop, status }, count);
      },
    }),
  );
}

function registerDisk(registry: Registry, condition: Condition): void {
  const gauges = [
    ['shopclerk_disk_free_bytes', 'Room left where the data is.', 'freeBytes'],
    ['shopclerk_disk_size_bytes', 'Size of the disk that the data is on.', 'totalBytes'],
    ['shopclerk_database_bytes', 'The database, with its write-ahead log.', 'databaseBytes'],
  ] as const;
  for (const [name, help, figure] of gauges) {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        async collect() {
          const { disk } = await condition.look();
          if (disk) this.set(disk[figure]);
        },
      }),
    );
  }
}
