import { TextDecoder } from 'node:util';
import { SourceError } from './source-error.ts';

/** Bytes that are looked at for a byte order mark and an XML declaration. */
const HEAD = 256;

/**
 * Text of bytes that say how they are encoded: by a byte order mark, else by what the server or the owner said, else by
 * an XML declaration, else UTF-8. A character that can't be decoded becomes U+FFFD.
 * @throws SourceError for an encoding that doesn't exist
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  { name, encoding }: { name: string; encoding?: string | undefined },
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = Buffer.alloc(0);
  for await (const chunk of bytes) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD) continue;
    decoder = decoderFor(head, name, encoding);
    yield decoder.decode(head, { stream: true });
  }
  if (decoder !== undefined) yield decoder.decode();
  else yield decoderFor(head, name, encoding).decode(head);
}

function decoderFor(head: Buffer, name: string, declared: string | undefined): TextDecoder {
  if (head[0] === 0x1f && head[1] === 0x8b) throw new SourceError(`${name} is compressed (gzip); unpack it first.`);
  const label = byteOrderMark(head) ?? declared ?? xmlDeclaration(head) ?? 'utf-8';
  try {
    return new TextDecoder(label);
  } catch (cause) {
    throw new SourceError(`${name} says that it is encoded as "${label.slice(0, 40)}", which is unknown.`, { cause });
  }
}

function byteOrderMark(head: Buffer): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : undefined;
}

function xmlDeclaration(head: Buffer): string | undefined {
  const text = head.subarray(0, HEAD).toString('latin1');
  return /^\s*<\?xml\s[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(text)?.[1];
}
