import type { PassageReader } from '../storage/types.ts';

/** More are not compared with a question: by then it takes a tenth of a second. */
export const MAX_VECTORS = 20_000;
/** Of reciprocal rank fusion: how little it matters to stand first rather than second. */
const K = 60;
/** Shops whose vectors are held: at 1,536 numbers each, 20,000 are 120 MB. */
const MAX_SHOPS = 4;

export interface VectorSearch {
  /** Ids of chunks, nearest first. */
  nearest(shop: string, question: { model: string; values: Float32Array }, limit: number): Promise<number[]>;
}

interface Held {
  version: string;
  ids: number[];
  /** One after the other, each `size` long. */
  values: Float32Array;
}

/** Compares a question with every chunk of its shop. */
export function createVectorSearch({ storage }: { storage: PassageReader }): VectorSearch {
  const held = new Map<string, Held>();

  async function load(shop: string, model: string, size: number): Promise<Held> {
    const name = JSON.stringify([shop, model, size]);
    const version = await storage.passagesVersion(shop);
    const known = held.get(name);
    if (known?.version === version) return known;
    const rows = (await storage.chunkVectors(shop, model, MAX_VECTORS)).filter(
      ({ embedding }) => embedding.byteLength === size * 4,
    );
    const values = new Float32Array(rows.length * size);
    for (const [index, { embedding }] of rows.entries()) values.set(floatsOf(embedding), index * size);
    const loaded = { version, ids: rows.map(({ id }) => id), values };
    held.delete(name);
    if (held.size >= MAX_SHOPS) held.delete(held.keys().next().value!);
    held.set(name, loaded);
    return loaded;
  }

  return {
    async nearest(shop, { model, values: question }, limit) {
      const size = question.length;
      const { ids, values } = await load(shop, model, size);
      const scores = new Float32Array(ids.length);
      for (let row = 0, at = 0; row < ids.length; row++) {
        let sum = 0;
        for (let column = 0; column < size; column++) sum += values[at++]! * question[column]!;
        scores[row] = sum;
      }
      return ids
        .map((id, row) => ({ id, score: scores[row]! }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
        .map(({ id }) => id);
    },
  };
}

/** Reciprocal rank fusion: what several rankings have near their top comes first. */
export function fused(rankings: readonly (readonly number[])[]): number[] {
  const scores = new Map<number, number>();
  for (const ranking of rankings) {
    for (const [index, id] of ranking.entries()) scores.set(id, (scores.get(id) ?? 0) + 1 / (K + index + 1));
  }
  return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id);
}

export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A copy: the bytes of a row may lie anywhere, and four of them must lie at a multiple of four. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(bytes.slice().buffer);
}
