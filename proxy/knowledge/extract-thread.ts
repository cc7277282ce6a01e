/** The thread in which documents are read: it may be ended at any moment, and takes nothing along. */
import { parentPort } from 'node:worker_threads';
import { chunksOf } from './chunk.ts';
import { DocumentError } from './document-error.ts';
import { type DocumentFile, extract } from './extract.ts';
import type { ExtractAnswer } from './extractor.ts';
import { stepBack } from '../step-back.ts';
import { indexed } from './indexing.ts';
import { MAX_CHUNKS } from './limits.ts';

stepBack();

parentPort!.on('message', (file: DocumentFile) => void reply(file));

async function reply(file: DocumentFile): Promise<void> {
  const message = await answer(file);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort!.postMessage(message);
}

async function answer(file: DocumentFile): Promise<ExtractAnswer> {
  try {
    const { blocks, kind, title, lang, pages } = await extract(file);
    const cut = chunksOf(blocks);
    if (cut.length > MAX_CHUNKS) {
      throw new DocumentError(
        `It has ${cut.length} parts, each with its heading; ${MAX_CHUNKS} are the most. Divide it.`,
      );
    }
    const chunks = cut.map((chunk, ordinal) => indexed(title, chunk, ordinal));
    return { read: { kind, title, lang: lang ?? null, pages: pages ?? null, chunks } };
  } catch (error) {
    if (error instanceof DocumentError) return { refused: error.message };
    return { broke: (error as Error).stack ?? String(error) };
  }
}
