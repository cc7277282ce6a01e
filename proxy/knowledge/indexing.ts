import { createHash } from 'node:crypto';
import type { IndexedChunk } from '../storage/types.ts';
import { indexTerms } from '../words.ts';
import type { Chunk } from './chunk.ts';

/** Raised when documents are to be read, cut or indexed in another way: all of them are then written anew. */
export const INDEX_VERSION = 1;

/** SHA-256 of a file, and of how it is read. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(`${INDEX_VERSION}\n`).update(bytes).digest('base64url');
}

/** With the words it is found by. Its section begins below the title, which would else count twice, and be shown so. */
export function indexed(title: string, { section: path, text }: Chunk, ordinal: number): IndexedChunk {
  const section = path === title ? '' : path.startsWith(`${title} › `) ? path.slice(title.length + 3) : path;
  const hash = createHash('sha256')
    .update(JSON.stringify([INDEX_VERSION, title, section, text]))
    .digest('base64url');
  return {
    ordinal,
    hash,
    section,
    text,
    titleTerms: indexTerms(title),
    sectionTerms: indexTerms(section),
    bodyTerms: indexTerms(text),
  };
}
