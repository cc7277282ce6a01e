import { createHash } from 'node:crypto';
import type { PassageReader } from '../storage/types.ts';
import { indexTerms } from '../words.ts';
import { coverage } from './question.ts';
import type { Passage, StoredPart } from './types.ts';

/** UTF-16 code units: enough of a chunk to know it again where it is cut off. */
const PROBE = 60;
/** Of what we have no passages of, as much as is given to a model. */
const MAX_TEXT = 2_000;

/**
 * The passages behind what a provider's store found. It cuts in its own way, longer than we do: of each of its parts come the
 * chunks of ours that stand in it, the ones with most of the question's words first. Of files that others put into the store
 * there are none: their parts are passages themselves, with ids below zero. What was sent for another shop is no answer here.
 */
export async function passagesBehind(
  storage: Pick<PassageReader, 'chunksOf'>,
  shop: string,
  parts: readonly StoredPart[],
  questions: readonly string[][][],
): Promise<{ ids: number[]; others: Map<number, Passage> }> {
  const others = new Map<number, Passage>();
  const found: { id: number; place: number; rank: number }[] = [];
  const chunks = new Map<string, Awaited<ReturnType<PassageReader['chunksOf']>>>();
  for (const [place, part] of parts.entries()) {
    const document = part.copyOf?.document;
    if (document === undefined) {
      const passage = passageOf(part);
      others.set(passage.id, passage);
      found.push({ id: passage.id, place, rank: 0 });
      continue;
    }
    if (part.copyOf?.shop !== shop) continue;
    if (!chunks.has(document)) chunks.set(document, await storage.chunksOf(shop, document));
    const whole = plain(part.text);
    const score = ({ section, text }: { section: string; text: string }) => {
      const terms = ` ${indexTerms(`${section} ${text}`)}`;
      return Math.max(0, ...questions.map((groups) => coverage(terms, groups)));
    };
    const inside = chunks
      .get(document)!
      .filter(({ text }) => standsIn(plain(text), whole))
      .map((chunk) => ({ id: chunk.id, score: score(chunk) }))
      .toSorted((a, b) => b.score - a.score);
    for (const [rank, { id }] of inside.entries()) found.push({ id, place, rank });
  }
  const ids = found.toSorted((a, b) => a.rank - b.rank || a.place - b.place).map(({ id }) => id);
  return { ids: [...new Set(ids)], others };
}

/** Its beginning, its middle or its end. */
function standsIn(chunk: string, whole: string): boolean {
  const middle = Math.max(0, Math.floor((chunk.length - PROBE) / 2));
  return [chunk.slice(0, PROBE), chunk.slice(middle, middle + PROBE), chunk.slice(-PROBE)].some((probe) =>
    whole.includes(probe),
  );
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function passageOf({ file, name, text }: StoredPart): Passage {
  const digest = createHash('sha256')
    .update(JSON.stringify([file, text]))
    .digest();
  const said = text.length <= MAX_TEXT ? text : text.slice(0, MAX_TEXT).replace(/\p{Surrogate}$/u, '');
  return { id: -1 - digest.readUIntBE(0, 6), documentId: file, title: name, section: '', text: said };
}
