/** `shop-clerk docs export`: a shop's documents as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shown } from '../knowledge/index.ts';
import type { DocumentRow } from '../storage/types.ts';
import type { DocsCall } from './docs-call.ts';
import type { Desk } from './docs-desk.ts';

const MAX_NAME = 120;
/** UTF-16 code units; chunks repeat 200 at the most. */
const OVERLAP = 220;

/** The text, and not the file: of what was uploaded, only that is kept. */
export async function exportDocuments({ names: [folder = ''] }: DocsCall, desk: Desk): Promise<number> {
  const { storage, shop, signal, show, print, json } = desk;
  await mkdir(folder, { recursive: true });
  const rows = await storage.documents(shop.slug);
  const taken = new Set<string>(['documents.jsonl']);
  const lines: string[] = [];
  let failed = 0;
  const write = async (name: string, text: string) => {
    try {
      // What is there already may be somebody's own.
      await writeFile(path.join(folder, name), text, { flag: 'wx' });
      return true;
    } catch (error) {
      failed++;
      const reason = (error as NodeJS.ErrnoException).code === 'EEXIST' ? 'is there already' : (error as Error).message;
      print(json ? JSON.stringify({ file: name, error: reason }) : `${path.join(folder, name)}: ${reason}.`);
      return false;
    }
  };
  for (const [index, row] of rows.entries()) {
    signal.throwIfAborted();
    show?.(`Writing ${row.source} (${index + 1} of ${rows.length})`);
    const chunks = await storage.chunksOf(shop.slug, row.id);
    if (chunks.length === 0) continue;
    const file = nameFor(row, taken);
    let section = '';
    const parts = chunks.map((chunk, at) => {
      const heading = chunk.section === section || chunk.section === '' ? '' : `## ${chunk.section}\n\n`;
      section = chunk.section;
      return heading + (heading === '' ? withoutOverlap(chunks[at - 1]?.text ?? '', chunk.text) : chunk.text);
    });
    if (!(await write(file, `${[`# ${row.title}`, ...parts].join('\n\n')}\n`))) continue;
    lines.push(JSON.stringify({ file, ...shown(row) }));
    if (json) print(lines.at(-1)!);
  }
  await write('documents.jsonl', lines.map((line) => `${line}\n`).join(''));
  show?.('');
  if (!json) print(`${lines.length} documents are in ${folder}, and documents.jsonl says which is which.`);
  return failed === 0 ? 0 : 1;
}

/** Passages begin with the last sentence of the one before. */
function withoutOverlap(before: string, text: string): string {
  for (let length = Math.min(OVERLAP, before.length, text.length); length > 0; length--) {
    if (before.endsWith(text.slice(0, length))) return text.slice(length).trimStart();
  }
  return text;
}

/** Of whatever a document is called: a name in this folder, and none that is taken. */
function nameFor({ id, source }: DocumentRow, taken: Set<string>): string {
  const bare = source.replace(/^https?:\/\//, '').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  const name = bare.replace(/^[.-]+|\.(md|markdown)$/g, '').slice(-MAX_NAME) || id;
  const file = taken.has(`${name}.md`.toLowerCase()) ? `${name}-${id}.md` : `${name}.md`;
  taken.add(file.toLowerCase());
  return file;
}
