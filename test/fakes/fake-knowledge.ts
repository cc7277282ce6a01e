import type { Knowledge, Passage } from '../../proxy/knowledge/types.ts';

/** A shop that has written nothing down. */
export const NO_DOCUMENTS: Knowledge = {
  search: async () => [],
  passages: async () => [],
  hosted: async () => undefined,
  behind: async () => [],
  hasDocuments: async () => false,
  version: async () => '',
};

export interface FakeKnowledge extends Knowledge {
  /** Replaces all of them. */
  write(passages: readonly Passage[]): void;
  readonly asked: readonly string[];
}

/** Passages in memory: found when they hold a word of the query that is longer than three letters, most words first. */
export function fakeKnowledge(...written: Passage[]): FakeKnowledge {
  let all: readonly Passage[] = written;
  let version = 1;
  const asked: string[] = [];
  const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []);
  return {
    asked,
    write(passages) {
      all = passages;
      version++;
    },
    async search(_, { query, synonyms = [], limit }) {
      asked.push(query);
      const words = wordsOf([query, ...synonyms].join(' '));
      const score = ({ title, section, text }: Passage) =>
        [...wordsOf(`${title} ${section} ${text}`)].filter((word) => words.has(word)).length;
      const found = all.filter((passage) => score(passage) > 0);
      return found.toSorted((a, b) => score(b) - score(a)).slice(0, limit);
    },
    passages: async (_, ids) => ids.flatMap((id) => all.filter((passage) => passage.id === id)),
    hosted: async () => undefined,
    behind: async () => [],
    hasDocuments: async () => all.length > 0,
    version: async () => String(version),
  };
}

/** A passage as a shop's document has it. */
export function passage(id: number, text: string, rest: Partial<Passage> = {}): Passage {
  return { id, documentId: `doc_${id}`, title: `Document ${id}`, section: '', text, ...rest };
}
