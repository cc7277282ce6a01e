import { Conversation } from './conversation.ts';
import { nothing, type Counts } from './oracle.ts';
import { createRandom, integer } from './random.ts';
import type { Scene } from './scene.ts';

export interface KillReport {
  counts: Counts;
  answers: number;
  kills: number;
  /** Turns and model calls that are still marked as running at the end, and databases that are not whole. */
  unsettled: number;
  /** Model calls without a usage row, and rows of calls that ended well beyond one for each answer. */
  usage: number;
}

export interface KillOptions {
  kills: number;
  shoppers: number;
  seed: number;
  signal: 'SIGKILL' | 'SIGTERM';
}

/** Shoppers ask, the process dies in the middle of their answers and is started again; every answer must arrive whole. */
export async function killProcesses(scene: Scene, { kills, shoppers, seed, signal }: KillOptions): Promise<KillReport> {
  const { clerk, model } = scene;
  const random = createRandom(seed);
  const counts = nothing();
  let [unsettled, answers, question] = [0, 0, 0];
  const conversations = await Promise.all(
    Array.from({ length: shoppers }, async () => new Conversation(scene, await scene.arrive(), counts)),
  );
  for (let kill = 1; kill <= kills; kill++) {
    await Promise.all(conversations.map((conversation) => conversation.ask(++question)));
    await chance(random);
    await clerk.end(signal);
    unsettled += clerk.look((db) => (db.pragma('integrity_check', { simple: true }) === 'ok' ? 0 : 1));
    await clerk.start();
    await Promise.all(conversations.map((conversation) => conversation.look()));
    answers += conversations.length;
    if (kill % 10 === 0) await Promise.all(conversations.map((conversation) => conversation.lookAgain()));
  }
  await Promise.all(conversations.map((conversation) => conversation.lookAgain()));
  await Promise.all(conversations.map((conversation) => conversation.end()));
  await clerk.end('SIGTERM');
  unsettled += clerk.look((db) => {
    const running = (table: string, column: string) =>
      db.prepare(`SELECT count(*) FROM ${table} WHERE ${column} = 'running'`).pluck().get() as number;
    return running('turns', 'status') + running('usage', 'outcome');
  });
  const usage = clerk.look((db) => {
    const rows = db.prepare('SELECT count(*) FROM usage').pluck().get() as number;
    // Long conversations are summarised by calls of their own.
    const answered = `SELECT count(*) FROM usage WHERE outcome = 'ok' AND purpose = 'answer'`;
    const good = db.prepare(answered).pluck().get() as number;
    return Math.max(0, model.calls() - rows) + Math.abs(good - answers);
  });
  return { counts, answers, kills, unsettled, usage };
}

/** Some moment of an answer: before its first token, in it, or just after its last. */
function chance(random: () => number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, integer(random, 0, 700)));
}
