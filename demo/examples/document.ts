/** A document of the demo's as a page of its shop, for shoppers who follow a source of an answer. */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Block } from '../../proxy/knowledge/blocks.ts';
import { drawPage, escape } from './page.ts';

const folder = path.join(import.meta.dirname, '../documents');
const READ = /\.(md|html|csv|pdf|docx)$/;

/** Names of the files, in order. */
export const documents = readdirSync(folder)
  .filter((name) => READ.test(name))
  .toSorted();

/** Null where there is no such document. */
export async function documentPage(name: string): Promise<Response | null> {
  if (!documents.includes(name)) return null;
  // What reads PDFs and Word's files is large, and few look here.
  const { extract } = await import('../../proxy/knowledge/extract.ts');
  const { title, lang, blocks } = await extract({
    name,
    bytes: new Uint8Array(await readFile(path.join(folder, name))),
  });
  const language = lang?.startsWith('he') ? 'he' : 'en';
  const [first, ...rest] = blocks;
  const body = first?.kind === 'heading' && first.text === title ? rest : blocks;
  const main = `<article class="document"><h1>${escape(title)}</h1>${markup(body)}</article>
<script src="/widget.js" defer data-shop="demo"></script>`;
  const other = name.replace(/\.(en|he)\./, (_, here: string) => (here === 'he' ? '.en.' : '.he.'));
  const known = other !== name && documents.includes(other);
  const html = drawPage({ title, language, main, ...(known && { other: `/demo/documents/${other}` }) });
  return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } });
}

/** Headings, paragraphs, lists, and tables. */
function markup(blocks: readonly Block[]): string {
  const pieces: string[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const { kind, text } = blocks[at]!;
    if (kind === 'heading') pieces.push(`<h2>${escape(text)}</h2>`);
    else if (kind === 'text') pieces.push(...lines(text));
    else {
      const end = blocks.findIndex((block, index) => index > at && block.kind !== 'row');
      const rows = blocks.slice(at, end < 0 ? undefined : end);
      pieces.push(table(rows.map((row) => row.text)));
      at += rows.length - 1;
    }
  }
  return pieces.join('\n');
}

/** Rows come as "Size: M; Chest: 96 cm", or, below a row of names, as "M | 96 cm". */
function table(rows: readonly string[]): string {
  const named = !rows[0]!.includes(' | ');
  const cells = rows.map((row) => row.split(named ? '; ' : ' | '));
  const columns = named ? cells[0]!.map((cell) => cell.split(': ')[0]!) : cells.shift()!;
  const head = columns.map((column) => `<th scope="col">${escape(column)}</th>`).join('');
  const body = cells.map((row) => {
    const values = columns.map((column, at) => {
      return named
        ? (row.find((cell) => cell.startsWith(`${column}: `))?.slice(column.length + 2) ?? '')
        : (row[at] ?? '');
    });
    return `<tr>${values.map((value) => `<td>${escape(value)}</td>`).join('')}</tr>`;
  });
  return `<div class="table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`;
}

const ITEM = /^(?:[-*•]|\d+[.)]) /;

/** Lines that begin as items of a list become one. */
function lines(text: string): string[] {
  const pieces: string[] = [];
  let items: string[] = [];
  const flush = (): void => {
    if (items.length > 0) pieces.push(`<ul>${items.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`);
    items = [];
  };
  for (const line of text.split('\n')) {
    if (ITEM.test(line)) items.push(line.replace(ITEM, ''));
    else {
      flush();
      if (line !== '') pieces.push(`<p>${escape(line)}</p>`);
    }
  }
  flush();
  return pieces;
}
