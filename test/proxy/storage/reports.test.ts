import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openSqlite, openSqliteReports } from '../../../proxy/storage/index.ts';
import { migrate, migrations } from '../../../proxy/storage/migrations/index.ts';
import type { EndedTurn, NewTurn, OverviewQuery, Storage } from '../../../proxy/storage/types.ts';
import { tempDir } from '../../temp-dir.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const november: OverviewQuery = {
  shop: 'pets',
  from: '2026-11-01',
  to: '2026-11-30',
  by: 'day',
  compare: false,
  now: AT,
};
const question: NewTurn = {
  shop: 'pets',
  visitorId: 'vis_a',
  address: 'hash',
  threadId: null,
  clientMessageId: 'message-1',
  text: 'Food for a puppy?',
  locale: 'en',
  maxThreads: 100,
  maxMessages: 100,
  now: AT,
};
const failure = { code: 'model_interrupted' as const, message: 'Restarted.', retryable: true };

async function open(run: (storage: Storage, figures: () => object) => Promise<void>) {
  using dir = tempDir();
  const file = dir.file('shop.sqlite');
  const storage = openSqlite({ file });
  const reports = openSqliteReports({ file });
  try {
    await run(storage, () => {
      const { series: _, ...period } = reports.overview(november).period;
      const { conversations } = reports.conversations({ shop: 'pets', limit: 10 });
      return { ...period.figures, codes: period.errors, thread: conversations[0] };
    });
  } finally {
    reports.close();
    await storage.close();
  }
}

test('a turn counts once, however often it is broken off and begun again', () =>
  open(async (storage, figures) => {
    const begun = await storage.beginTurn(question);
    const turnId = begun.outcome === 'started' ? begun.turn.id : '';
    expect(figures()).toMatchObject({
      messages: 1,
      running: 1,
      answers: 0,
      errors: 0,
      thread: { questions: 1, errors: 0 },
    });
    const broken: EndedTurn = { turnId, finish: 'error', interrupted: true, error: failure, parts: [], now: AT + 5 };
    await storage.finishTurn({ ...broken, firstAt: AT + 2 });
    expect(figures()).toMatchObject({ running: 0, errors: 1, firstMs: { p50: 2 }, thread: { errors: 1 } });
    await storage.finishTurn({ ...broken, now: AT + 9 });
    expect(figures()).toMatchObject({
      errors: 1,
      codes: [{ code: 'model_interrupted', count: 1 }],
      thread: { errors: 1 },
    });
    await storage.reopenTurn(turnId, { since: 0, maxAttempts: 3 });
    expect(figures()).toMatchObject({ running: 1, errors: 0, codes: [], thread: { errors: 0 } });
    await storage.finishTurn({
      turnId,
      finish: 'stop',
      error: null,
      parts: [],
      firstAt: AT + 70_000,
      now: AT + 90_000,
    });
    const done = { messages: 1, running: 0, answers: 1, errors: 0, firstMs: { of: 0 }, wholeMs: { of: 0 } };
    expect(figures()).toMatchObject({ ...done, thread: { questions: 1, errors: 0 } });
  }));

test('one that nobody takes up again and is stopped is no error any more', () =>
  open(async (storage, figures) => {
    const begun = await storage.beginTurn(question);
    const turnId = begun.outcome === 'started' ? begun.turn.id : '';
    await storage.finishTurn({ turnId, finish: 'error', interrupted: true, error: failure, parts: [], now: AT + 5 });
    await storage.cancelInterrupted(turnId);
    expect(figures()).toMatchObject({ errors: 0, stopped: 1, thread: { errors: 0 } });
  }));

test('the figures of a turn stay when its conversation goes, until they are as old as the calls that are kept', () =>
  open(async (storage, figures) => {
    const begun = await storage.beginTurn(question);
    if (begun.outcome !== 'started') throw new Error(begun.outcome);
    await storage.finishTurn({ turnId: begun.turn.id, finish: 'stop', error: null, parts: [], now: AT + 5 });
    await storage.deleteThread('pets', 'vis_a', begun.turn.threadId);
    expect(figures()).toMatchObject({ conversations: 1, answers: 1, thread: undefined });
    expect(await storage.pruneTurnFigures(AT, 10)).toBe(0);
    expect(await storage.pruneTurnFigures(AT + 1, 10)).toBe(1);
    expect(figures()).toMatchObject({ conversations: 0, answers: 0 });
  }));

test('a database of before has its turns counted', () => {
  using dir = tempDir();
  const file = dir.file('shop.sqlite');
  const old = new Database(file);
  migrate(old, migrations.slice(0, 12));
  const cart = { type: 'cart', callId: 'act_1', added: { productId: 7, quantity: 2 }, outcome: { ok: true } };
  const declined = { ...cart, callId: 'act_2', outcome: { ok: false, code: 'declined' } };
  const parts = JSON.stringify([{ type: 'notice', code: 'contact' }, cart, declined]);
  old.exec(`
    INSERT INTO threads VALUES ('thr_1', 'pets', 'vis_a', 'Hello', ${AT}, ${AT + 20});
    INSERT INTO messages (id, thread_id, role, parts, created_at, finish, error) VALUES
      ('msg_1', 'thr_1', 'user', '[]', ${AT}, NULL, NULL), ('msg_2', 'thr_1', 'assistant', '${parts}', ${AT}, 'stop', NULL),
      ('msg_3', 'thr_1', 'user', '[]', ${AT}, NULL, NULL),
      ('msg_4', 'thr_1', 'assistant', '[]', ${AT}, 'error', '${JSON.stringify(failure)}');
    INSERT INTO turns (id, thread_id, shop, visitor_id, user_message_id, assistant_message_id, client_message_id, locale,
      status, attempts, started_at, ended_at) VALUES
      ('trn_1', 'thr_1', 'pets', 'vis_a', 'msg_1', 'msg_2', 'message-1', 'en', 'stop', 1, ${AT}, ${AT + 9}),
      ('trn_2', 'thr_1', 'pets', 'vis_a', 'msg_3', 'msg_4', 'message-2', 'en', 'interrupted', 1, ${AT + 10}, ${AT + 20});
    INSERT INTO feedback VALUES ('msg_2', 'up', NULL, NULL, ${AT});
    INSERT INTO gaps (shop, thread_id, turn_id, kind, query, created_at) VALUES
      ('pets', 'thr_1', 'trn_1', 'search', ' Hamster wheel', ${AT});
    INSERT INTO findings (shop, thread_id, turn_id, kind, text, created_at) VALUES ('pets', 'thr_1', 'trn_1', 'code', 'SAVE20', ${AT});
  `);
  migrate(old);
  old.close();
  const reports = openSqliteReports({ file });
  const { figures, errors, additions } = reports.overview(november).period;
  const counted = { conversations: 1, messages: 2, answers: 1, handOffs: 1, errors: 1, noResults: 1, ups: 1, downs: 0 };
  expect(figures).toMatchObject({ ...counted, additions: 1, pieces: 2 });
  expect(errors).toEqual([{ code: 'model_interrupted', count: 1 }]);
  expect(additions).toEqual([{ productId: 7, additions: 1, pieces: 2 }]);
  const sums = { questions: 2, errors: 1, handOffs: 1, noResults: 1, ups: 1, downs: 0, wrong: 0 };
  expect(reports.conversations({ shop: 'pets', limit: 10 }).conversations).toMatchObject([sums]);
  const gaps = { shop: 'pets', state: 'all', order: 'count', offset: 0, limit: 10 } as const;
  const named = reports.gapGroups(gaps).groups.map(({ kind, key }) => `${kind}: ${key}`);
  expect(named.toSorted()).toEqual(['claims: save20', 'not_sold: hamster wheel']);
  reports.close();
});
