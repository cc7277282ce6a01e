import type { Extracted } from './blocks.ts';
import { extractCsv } from './csv.ts';
import { DocumentError } from './document-error.ts';
import { extractDocx } from './docx.ts';
import { extractHtml } from './html.ts';
import { kindOf } from './kind.ts';
import { languageOf } from './language.ts';
import { MAX_BYTES } from './limits.ts';
import { extractMarkdown } from './markdown.ts';
import { extractPdf } from './pdf.ts';
import { decode, extractText } from './text.ts';
import type { DocumentKind } from './types.ts';

const MAX_TITLE = 200;

export interface DocumentText extends Extracted {
  kind: DocumentKind;
  title: string;
}

/** A file as it came. */
export interface DocumentFile {
  /** Its name, or the address it was fetched from. */
  name: string;
  bytes: Uint8Array;
  contentType?: string;
}

/**
 * What a document says. Takes as long and as much memory as its maker likes: extractor.ts runs it where both have an end.
 * @throws DocumentError with the reason, for its owner
 */
export async function extract({ name, bytes, contentType }: DocumentFile): Promise<DocumentText> {
  if (bytes.length > MAX_BYTES) throw new DocumentError(`It is larger than ${MAX_BYTES / 2 ** 20} MB; divide it.`);
  const kind = kindOf(name, bytes, contentType);
  const read = await EXTRACTORS[kind](bytes);
  if (read.blocks.length === 0) throw new DocumentError('There is no text in it.');
  const lang = read.lang ?? languageOf(read.blocks.map(({ text }) => text).join('\n'));
  return { ...read, kind, title: titleOf(read, name), ...(lang !== undefined && { lang }) };
}

const EXTRACTORS: Record<DocumentKind, (bytes: Uint8Array) => Extracted | Promise<Extracted>> = {
  pdf: extractPdf,
  docx: extractDocx,
  html: (bytes) => extractHtml(decode(bytes)),
  markdown: (bytes) => extractMarkdown(decode(bytes)),
  text: (bytes) => extractText(decode(bytes)),
  csv: (bytes) => extractCsv(decode(bytes)),
};

/** What it calls itself, else its first heading where it begins with one, else the name of its file. */
function titleOf({ title = '', blocks }: Extracted, name: string): string {
  const heading = blocks.slice(0, 3).find(({ kind }) => kind === 'heading')?.text ?? '';
  const file = name
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1)!;
  const bare = file
    .replace(/\.[a-z0-9]{1,10}$/i, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  const chosen = [title, heading, bare, name].find((one) => one.trim() !== '')!;
  return chosen.length <= MAX_TITLE ? chosen : `${chosen.slice(0, MAX_TITLE - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
