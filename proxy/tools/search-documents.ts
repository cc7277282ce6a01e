import { z } from 'zod';
import type { Tool } from './types.ts';

const input = z.strictObject({
  query: z.string().max(200).describe('Keywords of the question, in the language of the documents if you know it'),
  synonyms: z.array(z.string().max(200)).max(6).describe('Other words or translations for the same thing'),
  limit: z.int().min(1).max(10).describe('How many passages; 4 is usually enough'),
});

/** What the shop has written down, as numbered passages that the answer cites (chat/citations/). */
export const searchDocuments: Tool<z.infer<typeof input>> = {
  name: 'search_documents',
  description:
    "Searches the shop's own documents (terms, delivery, returns, warranty, care guides, manuals) and returns numbered " +
    'passages. Cite a passage in the answer by its number n as [[doc:n]], right after what rests on it.',
  input,
  needsDocuments: true,
  async run({ query, synonyms, limit }, { knowledge, citable, shop, signal }) {
    const found = await knowledge.search(shop.slug, { query, synonyms, limit }, signal);
    const words = [query, ...synonyms].join(' ');
    const passages = found.flatMap((passage) => {
      const n = citable(passage, words);
      if (n === undefined) return [];
      const { title, section, text } = passage;
      return [{ n, title, ...(section !== '' && { section }), text }];
    });
    return {
      output: passages.length > 0 ? { passages } : { passages, note: NOTHING },
      lookUp: { kind: 'documents', query, found: passages.length },
    };
  },
};

const NOTHING =
  "Nothing in the shop's documents fits these words. Try other words once if there are any; else say that you don't know, " +
  'and offer the people of the shop where there is a way to reach them.';
