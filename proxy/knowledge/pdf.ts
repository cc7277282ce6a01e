import { getDocumentProxy } from 'unpdf';
import { BlockList, type Extracted } from './blocks.ts';
import { DocumentError } from './document-error.ts';
import { MAX_PAGES } from './limits.ts';

/** Larger than the text by so much is a heading. */
const HEADINGS = [1.7, 1.35, 1.12];
const LONGEST_HEADING = 120;
/** Of all pages together; a scan has none, or a stamp. */
const LEAST_TEXT = 20;
const RTL = /[\u0590-\u08ff]/;

interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Line {
  text: string;
  height: number;
  y: number;
}

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Text of a PDF; headings are told by their size, since hardly any PDF names them. */
export async function extractPdf(bytes: Uint8Array): Promise<Extracted> {
  const pdf = await open(bytes);
  const pages = pdf.numPages;
  if (pages > MAX_PAGES) throw new DocumentError(`It has ${pages} pages, ${MAX_PAGES} are the most; divide it.`);
  const list = new BlockList();
  const read: Line[][] = [];
  let length = 0;
  try {
    for (let number = 1; number <= pages; number++) {
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const lines = linesOf(items.flatMap((item) => ('str' in item ? pieceOf(item) : [])));
      for (const { text } of lines) length += text.replace(/\s/g, '').length;
      read.push(lines);
      page.cleanup();
    }
  } catch (cause) {
    throw new DocumentError("It is damaged: one of its pages can't be read. Save it again as PDF.", { cause });
  }
  if (length < LEAST_TEXT) {
    throw new DocumentError(
      'There is no text in this PDF: it is a scan, a picture of each page. Save it as a searchable PDF (text recognition, OCR), or add the text as a Word file.',
    );
  }
  const body = bodyHeight(read.flat());
  for (const lines of read) addPage(lines, body, list);
  const title = await titleOf(pdf);
  return { pages, ...(title !== '' && { title }), blocks: list.blocks };
}

async function open(bytes: Uint8Array): Promise<Pdf> {
  try {
    // A copy: what reads it takes the buffer away. Nothing is fetched, and nothing in it is run.
    return await getDocumentProxy(bytes.slice(), { verbosity: 0, useSystemFonts: false });
  } catch (cause) {
    if ((cause as Error).name === 'PasswordException') {
      throw new DocumentError('It is encrypted; save it without a password.', { cause });
    }
    throw new DocumentError('It is damaged, or no whole PDF. Save it again as PDF.', { cause });
  }
}

function pieceOf(item: { str: string; transform: number[]; width: number; height: number }): Piece[] {
  if (item.str === '') return [];
  const [, , shear = 0, scale = 0, x = 0, y = 0] = item.transform;
  return [{ text: item.str, x, y, width: item.width, height: item.height || Math.hypot(shear, scale) }];
}

/** Pieces that follow each other at one height are a line. Only such: a page may have columns. */
function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Piece[][] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (last && Math.abs(last.y - piece.y) <= Math.max(last.height, piece.height, 1) / 2) line!.push(piece);
    else lines.push([piece]);
  }
  return lines.flatMap((line) => {
    const text = textOf(line);
    if (text.trim() === '') return [];
    return [{ text, height: Math.max(...line.map(({ height }) => height)), y: line[0]!.y }];
  });
}

/** In the order in which a line is read; files hold the words of a Hebrew line in any order. */
function textOf(line: readonly Piece[]): string {
  const words = line.filter(({ text }) => text.trim() !== '');
  if (words.length === 0) return '';
  const letters = words.map(({ text }) => text).join('');
  const rtl =
    RTL.test(letters) && letters.replace(/[^\u0590-\u08ff]/g, '').length * 2 > letters.replace(/[^\p{L}]/gu, '').length;
  const sorted = words.toSorted((a, b) => (rtl ? b.x - a.x : a.x - b.x));
  let text = '';
  let before: Piece | undefined;
  for (const piece of sorted) {
    const gap = !before ? 0 : rtl ? before.x - (piece.x + piece.width) : piece.x - (before.x + before.width);
    text += gap > piece.height * 0.15 ? ` ${piece.text}` : piece.text;
    before = piece;
  }
  return text.replace(/\s+/g, ' ').trim();
}

/** The height in which most is written. */
function bodyHeight(lines: readonly Line[]): number {
  const written = new Map<number, number>();
  for (const { text, height } of lines) {
    const rounded = Math.round(height * 2) / 2;
    written.set(rounded, (written.get(rounded) ?? 0) + text.length);
  }
  return [...written].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

function addPage(lines: readonly Line[], body: number, list: BlockList): void {
  let held: Line[] = [];
  let level = 0;
  function flush(): void {
    const text = held.map(({ text }, index) => (index === 0 ? text : `${between(held[index - 1]!.text, text)}${text}`));
    if (level > 0) list.add({ kind: 'heading', level, text: text.join('') });
    else list.add({ kind: 'text', text: text.join('') });
    held = [];
  }
  for (const line of lines) {
    const size = HEADINGS.findIndex((ratio) => body > 0 && line.height >= body * ratio) + 1;
    const its = line.text.length <= LONGEST_HEADING && /\p{L}/u.test(line.text) ? size : 0;
    const last = held.at(-1);
    // More room than between two lines, or up again: something new.
    const apart = last && (last.y - line.y > Math.max(line.height, body) * 1.9 || line.y > last.y);
    if (its !== level || apart) flush();
    level = its;
    held.push(line);
  }
  flush();
}

/** A line of a paragraph goes on in the next one; an item of a list stands by itself. */
function between(before: string, text: string): string {
  if (/^([•▪‣◦*–-]|\d{1,2}[.)])\s/.test(text)) return '\n';
  return /\p{L}-$/u.test(before) ? '' : ' ';
}

/** What the file says of itself, where that is a title and not what the program made up. */
async function titleOf(pdf: Pdf): Promise<string> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: {} }));
  const title = (info as { Title?: unknown }).Title;
  if (typeof title !== 'string' || /\.(docx?|indd|pages|html?|txt|pdf|odt)$/i.test(title)) return '';
  return /^(untitled|microsoft word|document\d*)/i.test(title.trim()) ? '' : title.trim();
}
