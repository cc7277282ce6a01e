/** Documents: how well they are found, how long a thousand of them take to read, and how long a search takes then. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { openSqlite } from '../../proxy/storage/index.ts';
import { runDocuments } from '../../proxy/workers/run-documents.ts';
import { createSearchThread } from '../../proxy/workers/search.ts';
import { tempDir } from '../temp-dir.ts';
import { judgedQuestions } from './judged-documents.ts';
import { measureKnowledge } from './knowledge-recall.ts';
import type { PassageRecall } from './passage-recall.ts';

const SUBJECTS = ['heater', 'harness', 'litter', 'cage', 'aquarium', 'carrier', 'fountain', 'brush', 'kibble', 'leash'];
const HEADINGS = ['Setting up', 'Cleaning', 'Warranty', 'Returns', 'Safety', 'Spare parts', 'אחריות', 'ניקוי'];
const SENTENCES = [
  'Read this page before you use it for the first time, and keep it for later.',
  'Wash it by hand in warm water, rinse it well and let it dry in the air.',
  'A faulty part is repaired or replaced within two years of the day of delivery.',
  'Keep cables away from teeth, and unplug it before you open the lid.',
  'Unopened goods can be returned within thirty days, with the receipt.',
  'יש לשטוף במים פושרים ולייבש היטב לפני השימוש הבא.',
  'האחריות היא לשנתיים מיום המסירה ואינה כוללת נזקי שיניים.',
];

export async function benchKnowledge(documents = 1_000): Promise<void> {
  const { chunks, typed, rewritten, hybrid } = await measureKnowledge();
  console.log(
    `\nDocuments: the right passage among the first three, ${typed.questions} judged questions, ${chunks} passages`,
  );
  console.log(`  as typed                  ${line(typed)}`);
  console.log(`  as a model asks           ${line(rewritten)}`);
  console.log(`  with vectors of letters   typed ${line(hybrid.typed)}`);
  console.log(`                            asked ${line(hybrid.rewritten)} (no meanings: not what a real model finds)`);
  const { found, questions } = rewritten.nowhere;
  console.log(`  without an answer         ${found} of ${questions} find something all the same`);
  await benchMany(documents);
}

function line({ at1, at3, byKind: { en, he, crossing } }: PassageRecall): string {
  const of = (share: number) => `${(share * 100).toFixed(0)} %`;
  return `${of(at3)} (first: ${of(at1)}); English ${of(en)}, Hebrew ${of(he)}, other language ${of(crossing)}`;
}

async function benchMany(count: number): Promise<void> {
  using dir = tempDir();
  const file = dir.file('shop.sqlite');
  mkdirSync(dir.file('documents'));
  const sources = Array.from({ length: count }, (_, n) => {
    const name = `documents/${n}.md`;
    writeFileSync(dir.file(name), generated(n));
    return { type: 'file' as const, name, file: dir.file(name) };
  });
  const storage = openSqlite({ file });
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 50);
  const common = {
    file,
    shop: 'bench',
    sources,
    embeddings: undefined,
    accounts: [],
    store: undefined,
    allowPrivate: false,
    version: '0.0.0',
  };
  const sync = async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const began = performance.now();
    await runDocuments({ ...common, order: { kind: 'sync' } }, AbortSignal.timeout(600_000));
    delay.disable();
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    return `${seconds} s (longest stop of the main thread ${(delay.max / 1e6).toFixed(0)} ms)`;
  };
  console.log(`\n${count} documents`);
  console.log(`  first reading  ${await sync()}`);
  const mb = (bytes: number) => Math.round(bytes / 1024 ** 2);
  console.log(`  memory         ${mb(peak)} MB at the most, ${mb(peak - before)} MB more than before`);
  console.log(`  second reading ${await sync()}`);
  clearInterval(watch);
  const chunks = (await storage.documents('bench')).reduce((sum, document) => sum + document.chunks, 0);
  const thread = createSearchThread({ file, log: { error: (...all) => console.error(...all) } });
  const { questions } = judgedQuestions();
  const times: number[] = [];
  await thread.passages('bench', { query: 'warm up', limit: 4 });
  for (let n = 0; n < 200; n++) {
    const [query = '', ...synonyms] = questions[n % questions.length]!.asks;
    const began = performance.now();
    await thread.passages('bench', { query, synonyms, limit: 4 });
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const p = (share: number) => `${times[Math.floor(times.length * share)]!.toFixed(1)} ms`;
  console.log(`  search         p50 ${p(0.5)}, p95 ${p(0.95)}, over ${chunks} passages`);
  await thread.close();
  await storage.close();
}

/** A guide of six parts, some five kilobytes; no two are the same. */
function generated(n: number): string {
  const of = (list: readonly string[], at: number) => list[at % list.length]!;
  const subject = of(SUBJECTS, n);
  const parts = Array.from({ length: 6 }, (_, part) => {
    const sentences = Array.from({ length: 10 }, (_item, at) => of(SENTENCES, n * 7 + part * 3 + at * (1 + (n % 5))));
    return `## ${of(HEADINGS, n + part)}\n\nModel ${n}-${part} of the ${subject}. ${sentences.join(' ')}\n`;
  });
  return `# ${subject} ${n}: guide\n\n${parts.join('\n')}`;
}
