import { DocumentError } from './document-error.ts';
import { MAX_TEXT } from './limits.ts';

/** A piece of a document, in its order. */
export type Block =
  /** `level` 1 is the outermost. */
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'text'; text: string }
  /** A row of a table: what stands in it is never torn apart. */
  | { kind: 'row'; text: string };

/** What a document says, without its looks. */
export interface Extracted {
  title?: string;
  /** BCP 47, where the document itself says so. */
  lang?: string;
  pages?: number;
  blocks: Block[];
}

/** A row that can be read without its table: `Size: M; Chest: 96 cm`. Empty cells are left out. */
export function rowText(columns: readonly string[], cells: readonly string[]): string {
  const named = cells.flatMap((cell, index) => {
    if (cell === '') return [];
    const column = columns[index] ?? '';
    return [column === '' || column === cell ? cell : `${column}: ${cell}`];
  });
  return named.join('; ');
}

/** Collects blocks, cleans their text and sees that it doesn't grow without end. */
export class BlockList {
  readonly blocks: Block[] = [];
  #length = 0;

  /** @throws DocumentError when the text is longer than is taken */
  add(block: Block): void {
    const text = block.kind === 'text' ? tidy(block.text) : tidy(block.text).replace(/\s+/g, ' ');
    if (text === '') return;
    this.#length += text.length;
    if (this.#length > MAX_TEXT) {
      throw new DocumentError(`It holds more than ${MAX_TEXT / 1_000_000} million characters of text; divide it.`);
    }
    this.blocks.push({ ...block, text });
  }
}

function tidy(text: string): string {
  return (
    text
      .toWellFormed()
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      // Control characters are no text; overrides of the writing direction turn round what stands behind them.
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00a0]/g, ' ')
      .replace(/[\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '')
      .replace(/ {2,}/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
