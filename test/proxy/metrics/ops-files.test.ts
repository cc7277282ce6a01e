/** What ops/ asks Prometheus for is what /metrics tells: names, labels and the values of labels. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createMetrics } from '../../../proxy/metrics/index.ts';
import { ERROR_CODES, type Finish } from '../../../proxy/protocol/index.ts';
import type { TurnRow } from '../../../proxy/storage/types.ts';
import { DISK } from '../http/served.ts';
import { problemsOf, samplesOf, type Samples } from './promql.ts';

interface Panel {
  id: number;
  title: string;
  type: string;
  datasource: object;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { refId: string; expr: string; legendFormat: string }[];
}
interface Dashboard {
  uid: string;
  title: string;
  schemaVersion: number;
  id?: number | null;
  templating: { list: { name: string; type: string; query: string; datasource?: object }[] };
  panels: Panel[];
}

const ops = path.resolve(import.meta.dirname, '../../../ops');
const dashboard = JSON.parse(readFileSync(path.join(ops, 'grafana.json'), 'utf8')) as Dashboard;
const SOURCE = { type: 'prometheus', uid: '${datasource}' };
const WIDTH = 24;

/** All that can happen has happened once. */
async function everything(): Promise<Samples> {
  const catalogue = { shop: 'pets', products: 3, syncedAt: 0, status: 'ok' } as const;
  const documents = [{ shop: 'pets', counts: { waiting: 0, ready: 1, failed: 0 } }];
  const metrics = createMetrics({
    models: {
      circuits: () => [{ model: 'm', state: 'open', since: 0, lastError: 'model_quota' }],
      queues: () => [{ model: 'm', waiting: 1 }],
      warnings: () => [{ model: 'm', kind: 'shutdown', date: '2026-12-31' }],
    },
    answers: { figures: () => ({ hits: 1, misses: 1, joins: 1, answers: 1, bytes: 1 }) },
    turns: { active: () => 1 },
    condition: { look: async () => ({ catalogues: [catalogue], documents, disk: DISK }) },
    now: () => 1,
  });
  onTestFinished(() => metrics.close());
  const of = { shop: 'pets', turnId: 't', startedAt: 0, endedAt: 1 };
  const tokens = { inputTokens: 1, cachedTokens: 1, cacheWriteTokens: 0, outputTokens: 1, reasoningTokens: 1 };
  const usage = { ...tokens, estimated: false };
  for (const finish of ['stop', 'cancelled', 'error'] as Finish[])
    metrics.ended({ shop: 'pets', own: false } as TurnRow, { finish, durationMs: 1, firstMs: 1 });
  for (const outcome of ['ok', 'cancelled', 'error'] as const) {
    const call = {
      model: 'm',
      purpose: 'answer',
      outcome,
      firstTokenMs: 1,
      retries: 1,
      usage,
      costMicroUsd: 1,
    } as const;
    metrics.called({ ...of, ...call });
  }
  metrics.ran({ ...of, name: 'search_products', known: true, failed: false });
  metrics.answered({ method: 'GET', route: '/', status: 200, ms: 1 });
  for (const code of ERROR_CODES) metrics.refused(code);
  return samplesOf(await metrics.text());
}

/** Of the rules, each with all that is said of what it finds. */
function alerts(): { name: string; expr: string; words: string }[] {
  return readFileSync(path.join(ops, 'alerts.yml'), 'utf8')
    .split('- alert: ')
    .slice(1)
    .map((rule) => ({ name: rule.split('\n')[0]!, expr: /^ *expr: '(.*)'$/m.exec(rule)?.[1] ?? '', words: rule }));
}

function labelsIn(words: string, pattern: RegExp): string[] {
  return [...words.matchAll(pattern)].map(([, label]) => label!);
}

describe('the dashboard', () => {
  test('asks for nothing that /metrics doesn’t tell, and names no label that is summed away', async () => {
    const samples = await everything();
    for (const { title, targets } of dashboard.panels) {
      for (const { expr, legendFormat } of targets) {
        const shown = labelsIn(legendFormat, /\{\{\s*(\w+)\s*\}\}/g);
        expect(problemsOf(expr, samples, shown), `${title}: ${expr}`).toEqual([]);
      }
    }
    for (const { query } of dashboard.templating.list.filter(({ type }) => type === 'query')) {
      const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(query) ?? [];
      expect(problemsOf(metric, samples, [label]), query).toEqual([]);
    }
  });

  test('has what an import wants, and no variable that isn’t one', () => {
    const { uid, title, schemaVersion, id = null, templating, panels } = dashboard;
    expect({ uid, title, id }).toEqual({ uid: expect.stringMatching(/^[\w-]{1,40}$/), title: 'Shop Clerk', id: null });
    expect(schemaVersion).toBeGreaterThanOrEqual(36);
    expect(templating.list[0]).toMatchObject({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    expect(new Set(panels.map((panel) => panel.id)).size).toBe(panels.length);
    for (const { title, type, datasource, targets } of panels) {
      expect({ title, type, datasource }).toEqual({
        title: expect.stringMatching(/\w/),
        type: 'timeseries',
        datasource: SOURCE,
      });
      expect(targets.length, title).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size, title).toBe(targets.length);
    }
    for (const variable of templating.list.filter(({ type }) => type === 'query'))
      expect(variable.datasource).toEqual(SOURCE);
    const known = new Set(templating.list.map(({ name }) => name));
    const named = labelsIn(JSON.stringify(dashboard), /\$\{?([a-z]\w*)/g);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  test('has every panel within its width, and none over another', () => {
    const taken = new Map<string, string>();
    for (const { title, gridPos } of dashboard.panels) {
      const { x, y, w, h } = gridPos;
      expect(x >= 0 && w > 0 && h > 0 && x + w <= WIDTH, title).toBe(true);
      for (let column = x; column < x + w; column++) {
        for (let row = y; row < y + h; row++) {
          expect(taken.get(`${column} ${row}`), `under ${title}`).toBeUndefined();
          taken.set(`${column} ${row}`, title);
        }
      }
    }
  });
});

test('an alert asks for nothing that /metrics doesn’t tell, and names no label that is summed away', async () => {
  const samples = await everything();
  expect(alerts().length).toBeGreaterThan(10);
  for (const { name, expr, words } of alerts()) {
    expect(expr, name).not.toBe('');
    expect(problemsOf(expr, samples, labelsIn(words, /\$labels\.(\w+)/g)), `${name}: ${expr}`).toEqual([]);
  }
});

test.each([
  ['shopclerk_turn_total', [], 'shopclerk_turn_total is not told'],
  ['rate(shopclerk_turn_duration_seconds[5m])', [], 'shopclerk_turn_duration_seconds is not told'],
  ['shopclerk_turns_total{finnish="error"}', [], 'shopclerk_turns_total has no label finnish'],
  ['shopclerk_turns_total{finish="eror"}', [], 'shopclerk_turns_total has no finish eror'],
  ['sum by (route) (rate(shopclerk_turns_total[5m]))', [], 'shopclerk_turns_total has no label route'],
  ['sum by (model, kind) (rate(shopclerk_model_tokens_total[5m]))', ['shop'], 'shop is summed away'],
  ['sum(shopclerk_turns_total)', ['shop'], 'shop is summed away'],
  ['shopclerk_streams_open', ['shop'], 'shop is summed away'],
  ['max(shopclerk_streams_open)', [], 'this test does not read max'],
])('%s would be noticed', async (expr, shown, problem) => {
  expect(problemsOf(expr, await everything(), shown)).toContain(problem);
});
