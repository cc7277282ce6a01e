import mammoth from 'mammoth';
import type { Extracted } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import { extractHtml } from './html.ts';
import { checkZip } from './zip-check.ts';

/** Text of a Word document. Pictures are left out, and what lies outside of the file is not fetched. */
export async function extractDocx(bytes: Uint8Array): Promise<Extracted> {
  const names = checkZip(bytes);
  if (!names.includes('word/document.xml')) throw new DocumentError(`It is ${stranger(names)}, no Word document.`);
  let html: string;
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const convertImage = mammoth.images.imgElement(async () => ({ src: '' }));
    const styleMap = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => p:fresh"];
    html = (await mammoth.convertToHtml({ buffer }, { convertImage, styleMap, externalFileAccess: false })).value;
  } catch (cause) {
    throw new DocumentError('It is damaged: Word could not read it either. Save it again.', { cause });
  }
  return extractHtml(html);
}

function stranger(names: readonly string[]): string {
  if (names.some((name) => name.startsWith('xl/'))) return 'a spreadsheet (save it as CSV)';
  if (names.some((name) => name.startsWith('ppt/'))) return 'a presentation (save it as PDF)';
  if (names.includes('content.xml')) return 'an OpenDocument file (save it as DOCX)';
  return 'a ZIP file';
}
