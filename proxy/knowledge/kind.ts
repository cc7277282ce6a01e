import { DocumentError } from './document-error.ts';
import type { DocumentKind } from './types.ts';

const BY_EXTENSION: ReadonlyMap<string, DocumentKind> = new Map([
  ['pdf', 'pdf'],
  ['docx', 'docx'],
  ['md', 'markdown'],
  ['markdown', 'markdown'],
  ['html', 'html'],
  ['htm', 'html'],
  ['xhtml', 'html'],
  ['txt', 'text'],
  ['text', 'text'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
]);
const BY_TYPE: ReadonlyMap<string, DocumentKind> = new Map([
  ['application/pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
  ['text/markdown', 'markdown'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/plain', 'text'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'csv'],
]);
const TAKEN = 'PDF, DOCX, Markdown, HTML, plain text and CSV are taken';
/** How files begin that are often taken for one of ours. */
const STRANGERS: [RegExp, string][] = [
  [/^\xd0\xcf\x11\xe0/, 'an old Word, Excel or PowerPoint file; save it as DOCX or PDF'],
  [/^\{\\rtf/, 'an RTF file; save it as DOCX or PDF'],
  [/^(\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\0|MM\0\*)/s, 'a picture; its text has to be written down'],
  [/^\x1f\x8b/, 'compressed (gzip); unpack it first'],
  [/^(Rar!|7z\xbc\xaf)/, 'an archive; unpack it first'],
  [/^(\x7fELF|MZ)/, 'a program'],
];

/**
 * What a document is: its first bytes decide, then its name, then what the server called it.
 * @throws DocumentError when it is none of ours, or not what its name says
 */
export function kindOf(name: string, bytes: Uint8Array, contentType?: string): DocumentKind {
  if (bytes.length === 0) throw new DocumentError('It is empty.');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).toString('latin1');
  const named = namedKind(name, contentType);
  // A PDF may begin with some bytes of a mail or a printer.
  if (head.includes('%PDF-') && (named === 'pdf' || head.startsWith('%PDF-'))) return 'pdf';
  if (head.startsWith('PK\u0003\u0004'))
    return named === 'docx' || named === undefined ? 'docx' : mismatch(named, 'a ZIP file');
  const stranger = STRANGERS.find(([sign]) => sign.test(head));
  if (stranger) throw new DocumentError(`It is ${stranger[1]}.`);
  if (named === 'pdf' || named === 'docx') return mismatch(named, 'something else');
  if (named !== undefined) return named;
  if (/^\s*(<!doctype html|<html)/i.test(head)) return 'html';
  throw new DocumentError(`Nobody knows what "${name}" is: ${TAKEN}, each with its ending (.pdf, .docx, .md …).`);
}

/** By name and type alone; undefined where they say nothing. */
export function namedKind(name: string, contentType?: string): DocumentKind | undefined {
  const file = /^https?:/.test(name) ? (URL.parse(name)?.pathname ?? name) : name;
  const ending = /\.([a-z0-9]{1,10})$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  return BY_EXTENSION.get(ending) ?? BY_TYPE.get((contentType ?? '').split(';')[0]!.trim().toLowerCase());
}

function mismatch(named: DocumentKind, is: string): never {
  throw new DocumentError(`Its name says ${named.toUpperCase()}, but it is ${is}.`);
}
