import type { Embedder } from '../../proxy/knowledge/types.ts';
import { wordsOf } from '../../proxy/words.ts';

const SIZE = 256;

/**
 * Vectors that know nothing of meaning: each word of a text counts in a place of its own. They show that vectors get where
 * they belong, not what a real model would find with them.
 */
export const wordEmbedder: Embedder = {
  model: 'words',
  async embed(texts, signal) {
    signal.throwIfAborted();
    return texts.map((text) => {
      const vector = new Float32Array(SIZE);
      for (const word of wordsOf(text)) vector[placeOf(word)]! += 1;
      const length = Math.hypot(...vector) || 1;
      return vector.map((value) => value / length);
    });
  },
};

function placeOf(word: string): number {
  let hash = 7;
  for (const char of word.slice(0, 5)) hash = (hash * 31 + char.codePointAt(0)!) % 65_521;
  return hash % SIZE;
}
