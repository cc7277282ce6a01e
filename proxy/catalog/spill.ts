import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SourceError } from './source-error.ts';

/** Bytes that are kept in memory before they go to the disk. */
const IN_MEMORY = 4 * 1024 ** 2;

/** Most rows of one source; what memory holds of each is at most its key and two numbers. */
const MAX_ROWS = 2_000_000;

/**
 * Rows that belong together but stand apart in a file: the sizes of a shirt, in a feed sorted by size. They are put
 * aside on the disk, so that memory holds a key and two numbers for each; what fits in 4 MB never leaves memory.
 */
export class Spill<Row> {
  #places = new Map<string, number[]>();
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #size = 0;
  #rows = 0;
  #dir: string | undefined;
  #file: FileHandle | undefined;

  keys(): IterableIterator<string> {
    return this.#places.keys();
  }

  has(key: string): boolean {
    return this.#places.has(key);
  }

  /**
   * @param row something that JSON can hold
   * @throws SourceError for one row too many
   */
  async add(key: string, row: Row): Promise<void> {
    if (++this.#rows > MAX_ROWS) throw new SourceError(`It holds more than ${MAX_ROWS} variants.`);
    const bytes = Buffer.from(JSON.stringify(row));
    const places = this.#places.get(key) ?? [];
    if (places.length === 0) this.#places.set(key, places);
    places.push(this.#size, bytes.length);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#size += bytes.length;
    if (this.#pendingBytes > IN_MEMORY) await this.#flush();
  }

  /** The rows of a key in the order they came, at most `limit`; none for an unknown one. */
  async rows(key: string, limit = Infinity): Promise<Row[]> {
    if (this.#pending.length > 1) this.#pending = [Buffer.concat(this.#pending)];
    const places = this.#places.get(key) ?? [];
    const rows: Row[] = [];
    for (let at = 0; at < places.length && rows.length < limit; at += 2) {
      const bytes = await this.#read(places[at]!, places[at + 1]!);
      rows.push(JSON.parse(bytes.toString()) as Row);
    }
    return rows;
  }

  /** How many rows a key has. */
  count(key: string): number {
    return (this.#places.get(key)?.length ?? 0) / 2;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    if (this.#dir !== undefined) await rm(this.#dir, { recursive: true, force: true });
  }

  async #flush(): Promise<void> {
    this.#dir ??= await mkdtemp(path.join(tmpdir(), 'shop-clerk-rows-'));
    this.#file ??= await open(path.join(this.#dir, 'rows'), 'wx+', 0o600);
    await this.#file.appendFile(Buffer.concat(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  async #read(offset: number, length: number): Promise<Buffer> {
    const onDisk = this.#size - this.#pendingBytes;
    if (offset >= onDisk) return this.#pending[0]!.subarray(offset - onDisk, offset - onDisk + length);
    const bytes = Buffer.alloc(length);
    await this.#file!.read(bytes, 0, length, offset);
    return bytes;
  }
}
