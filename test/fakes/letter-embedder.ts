import type { Embedder } from '../../proxy/knowledge/types.ts';
import { wordsOf } from '../../proxy/words.ts';

const SIZE = 2_048;

/**
 * Vectors of what words look like: runs of three to five letters. They find slips of the pen and other forms of a word, in
 * any language, and nothing of what it means: the nearest to a model's vectors that there is without a model.
 */
export const letterEmbedder: Embedder = {
  model: 'letters',
  async embed(texts, signal) {
    signal.throwIfAborted();
    return texts.map((text) => {
      const counts = new Map<number, number>();
      for (const word of wordsOf(text)) {
        const edged = [...`^${word}$`];
        for (let length = 3; length <= 5; length++) {
          for (let at = 0; at + length <= edged.length; at++) {
            const place = placeOf(edged.slice(at, at + length));
            counts.set(place, (counts.get(place) ?? 0) + 1);
          }
        }
      }
      const vector = new Float32Array(SIZE);
      for (const [place, count] of counts) vector[place] = 1 + Math.log(count);
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    });
  },
};

function placeOf(letters: readonly string[]): number {
  let hash = 2_166_136_261;
  for (const letter of letters) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619) >>> 0;
  return hash % SIZE;
}
