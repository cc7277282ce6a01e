import { inflateRawSync } from 'node:zlib';
import { DocumentError } from './document-error.ts';

/** A DOCX of a thousand pages has some hundred. */
const MAX_ENTRIES = 2_000;
/** Of all entries, unpacked. */
const MAX_UNPACKED = 100 * 2 ** 20;
/** Text of a document shrinks to a tenth, of a large table to a fiftieth. */
const MAX_RATIO = 200;
/** Below it a ratio says nothing. */
const SMALL = 2 ** 20;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  at: number;
}

/**
 * Looks through a ZIP file before anything unpacks it: first what its directory claims, then, an entry at a time, whether
 * that is true. A directory may lie, and what unpacks a DOCX believes it.
 * @returns the names of its entries
 * @throws DocumentError for a bomb, and for what is no whole ZIP file
 */
export function checkZip(bytes: Uint8Array): string[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = directoryOf(zip);
  let sum = 0;
  for (const { packed, unpacked } of entries) {
    sum += unpacked;
    if (sum > MAX_UNPACKED || (unpacked > SMALL && unpacked > packed * MAX_RATIO)) throw bomb();
  }
  for (const entry of entries) checkEntry(zip, entry);
  return entries.map(({ name }) => name);
}

function directoryOf(zip: Buffer): Entry[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) throw broken('it has no end');
  const count = zip.readUInt16LE(end + 10);
  const size = zip.readUInt32LE(end + 12);
  let at = zip.readUInt32LE(end + 16);
  if (count > MAX_ENTRIES) throw new DocumentError(`It holds ${count} files: that is no document.`);
  if (at + size !== end) throw broken('its directory is not where it says');
  const entries: Entry[] = [];
  for (let n = 0; n < count; n++) {
    if (at + 46 > end || zip.readUInt32LE(at) !== ENTRY) throw broken('its directory breaks off');
    if ((zip.readUInt16LE(at + 8) & 1) !== 0) throw new DocumentError('It is encrypted; save it without a password.');
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      unpacked: zip.readUInt32LE(at + 24),
      at: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  if (at !== end) throw broken('its directory is longer than it says');
  return entries;
}

function checkEntry(zip: Buffer, { name, method, packed, unpacked, at }: Entry): void {
  if (at + 30 > zip.length || zip.readUInt32LE(at) !== LOCAL) throw broken(`"${name.slice(0, 60)}" is not in it`);
  const from = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const data = zip.subarray(from, from + packed);
  if (data.length !== packed) throw broken(`"${name.slice(0, 60)}" breaks off`);
  if (method === STORED) {
    if (packed !== unpacked) throw bomb();
    return;
  }
  if (method !== DEFLATED) throw broken(`"${name.slice(0, 60)}" is packed in an unusual way`);
  let length: number;
  try {
    length = inflateRawSync(data, { maxOutputLength: Math.max(unpacked, 1) }).length;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bomb();
    throw broken(`"${name.slice(0, 60)}" can't be unpacked`, cause);
  }
  if (length !== unpacked) throw broken(`"${name.slice(0, 60)}" is not as long as it says`);
}

function bomb(): DocumentError {
  return new DocumentError('It unpacks to far more than a document holds (a "zip bomb").');
}

function broken(how: string, cause?: unknown): DocumentError {
  return new DocumentError(`It is damaged: ${how}. Save it again.`, { cause });
}
