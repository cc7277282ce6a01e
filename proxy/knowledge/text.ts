import { BlockList, type Extracted } from './blocks.ts';
import { DocumentError } from './document-error.ts';

/** Of all characters; a text has none but tabs and line breaks. */
const MOST_CONTROL = 0.002;

/** Paragraphs, apart by empty lines. */
export function extractText(text: string): Extracted {
  const list = new BlockList();
  for (const paragraph of text.split(/(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)/)) list.add({ kind: 'text', text: paragraph });
  return { blocks: list.blocks };
}

/**
 * The text of a file: UTF-8, UTF-16 with a byte order mark, else Windows' Hebrew or Western code page.
 * @throws DocumentError for what is no text
 */
export function decode(bytes: Uint8Array): string {
  const text = textOf(bytes);
  const control = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  if (control > text.length * MOST_CONTROL) throw new DocumentError('It is no text: save it as text in UTF-8.');
  return text.replace(/^\ufeff/, '');
}

function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: an older program's. Its Hebrew letters lie where Western ones have accents, and come in whole words.
    const hebrew = new TextDecoder('windows-1255').decode(bytes);
    return /[\u05d0-\u05ea]{3}/.test(hebrew) ? hebrew : new TextDecoder('windows-1252').decode(bytes);
  }
}
