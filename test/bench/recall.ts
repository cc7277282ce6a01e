/** How well search finds, on questions that were judged by hand (test/fixtures/judged-questions.json). */
import { readFileSync } from 'node:fs';
import { entries, toProduct } from '../../demo/catalog/index.ts';
import { createSearch, syncCatalog } from '../../proxy/catalog/index.ts';
import { openSqlite } from '../../proxy/storage/index.ts';
import { tempDir } from '../temp-dir.ts';

export interface Judged {
  lang: 'en' | 'he';
  q: string;
  ids: number[];
}

export interface Recall {
  questions: readonly Judged[];
  /** Mean share of the right products among the first five. */
  at5: number;
  byLanguage: Record<'en' | 'he', number>;
  /** Questions of which something right is not among the first five. */
  missed: { q: string; missing: number[]; found: number[] }[];
}

export async function measureRecall(): Promise<Recall> {
  using dir = tempDir();
  const file = new URL('../fixtures/judged-questions.json', import.meta.url);
  const { questions } = JSON.parse(readFileSync(file, 'utf8')) as { questions: Judged[] };
  const storage = openSqlite({ file: dir.file('recall.sqlite') });
  try {
    const source = {
      name: 'demo',
      async *products() {
        yield* entries.map((entry) => toProduct(entry));
      },
    };
    await syncCatalog({ storage, shop: 'demo', source, signal: AbortSignal.timeout(60_000) });
    const { search } = createSearch({ storage });
    const shares: { lang: Judged['lang']; share: number }[] = [];
    const missed: Recall['missed'] = [];
    for (const { lang, q, ids } of questions) {
      const found = (await search('demo', { query: q, limit: 5 })).map(({ product }) => product.id);
      const missing = ids.filter((id) => !found.includes(id));
      shares.push({ lang, share: 1 - missing.length / ids.length });
      if (missing.length > 0) missed.push({ q, missing, found });
    }
    const mean = (some: typeof shares) => some.reduce((sum, { share }) => sum + share, 0) / some.length;
    const of = (lang: Judged['lang']) => mean(shares.filter((one) => one.lang === lang));
    return { questions, at5: mean(shares), byLanguage: { en: of('en'), he: of('he') }, missed };
  } finally {
    await storage.close();
  }
}
