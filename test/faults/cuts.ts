import type { Plan } from '../fakes/fault-proxy.ts';
import { Conversation } from './conversation.ts';
import { nothing, type Counts } from './oracle.ts';
import { integer } from './random.ts';
import type { Scene } from './scene.ts';

export interface CutReport {
  counts: Counts;
  answers: number;
  cuts: number;
}

/**
 * Shoppers ask over a line that is broken again and again, in every way that lines break, until `cuts` connections were
 * broken; every answer must arrive whole.
 */
export async function breakLines(
  scene: Scene,
  { cuts, shoppers }: { cuts: number; shoppers: number },
): Promise<CutReport> {
  const { faults } = scene;
  const counts = nothing();
  let answers = 0;
  let question = 0;
  const broken = () => {
    const { refused, answered, reset, ended, silenced } = faults.counters;
    return refused + answered + reset + ended + silenced;
  };
  await Promise.all(
    Array.from({ length: shoppers }, async () => {
      faults.plan = {};
      const shopper = await scene.arrive();
      const conversation = new Conversation(scene, shopper, counts);
      for (let turn = 1; broken() < cuts; turn++) {
        faults.plan = choosePlan;
        const n = ++question;
        await conversation.ask(n);
        if (n % 5 === 0) await conversation.reload();
        await conversation.look();
        answers++;
        if (turn % 4 === 0) await conversation.lookAgain();
      }
      faults.plan = {};
      await conversation.lookAgain();
      await conversation.end();
    }),
  );
  return { counts, answers, cuts: broken() };
}

/** Most connections break before a whole answer is through, and some are not worth the name. */
function choosePlan(random: () => number): Plan {
  const chance = random();
  if (chance < 0.05) return { refuse: true };
  if (chance < 0.08) return { answer: 'bad-gateway' };
  if (chance < 0.1) return { answer: 'login-page' };
  const by = (['reset', 'end'] as const)[integer(random, 0, 1)]!;
  const chunk = integer(random, 1, 200);
  if (chance < 0.9) return { cut: { after: integer(random, 0, 6_000), by }, chunk };
  return { chunk };
}
