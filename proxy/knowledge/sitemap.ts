import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Outbound } from '../outbound/types.ts';
import { DocumentError } from './document-error.ts';

/** Unpacked, too. What the sitemaps' standard allows is 50 MB; who wants a thousand pages needs no more than this. */
const MAX_BYTES = 10 * 2 ** 20;
const unpack = promisify(gunzip);
/** Of a sitemap of sitemaps. */
const MAX_PARTS = 20;
const TIMEOUT_MS = 30_000;
const MAX_URL = 2_000;

/**
 * The pages that a sitemap names, in its order, those of its own origin only; never none, which is a server in trouble far
 * more often than a shop without pages, and would take all its documents away.
 * @throws DocumentError with the reason, OutboundError, or the signal's reason
 */
export async function pagesOf(
  sitemap: { url: string; max: number },
  request: Outbound['request'],
  signal: AbortSignal,
): Promise<string[]> {
  const { origin } = new URL(sitemap.url);
  const pages = new Set<string>();
  const parts = [sitemap.url];
  for (let at = 0; at < parts.length && at <= MAX_PARTS; at++) {
    const { isIndex, urls } = await read(parts[at]!, request, signal);
    for (const url of urls) {
      if (!URL.canParse(url) || new URL(url).origin !== origin || url.length > MAX_URL) continue;
      // An index names sitemaps, and these name no further ones.
      if (isIndex) {
        if (at === 0) parts.push(url);
      } else pages.add(new URL(url).href);
      if (pages.size >= sitemap.max) return [...pages];
    }
  }
  if (pages.size === 0)
    throw new DocumentError(`The sitemap names no page of ${origin}. Its documents stay as they are.`);
  return [...pages];
}

async function read(url: string, request: Outbound['request'], signal: AbortSignal) {
  const answer = await request(url, { signal, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  if (answer.status !== 200)
    throw new DocumentError(`The sitemap can't be read: it is answered with ${answer.status}.`);
  const xml = await textOf(answer);
  const [, kind] = /<(urlset|sitemapindex)\b/i.exec(xml) ?? [];
  if (kind === undefined) throw new DocumentError('It is no sitemap.');
  // Half of one would take away the documents of the other half.
  if (!new RegExp(`</${kind}\\s*>|<${kind}\\b[^>]{0,2000}/>`, 'i').test(xml))
    throw new DocumentError('The sitemap is broken off.');
  const urls = Array.from(xml.matchAll(/<loc>\s*(?:<!\[CDATA\[)?([^<\]]{1,2100})/gi), ([, text]) =>
    unescaped(text!.trim()),
  );
  return { isIndex: kind.toLowerCase() === 'sitemapindex', urls };
}

/** Many shops keep theirs packed, as a file (`sitemap.xml.gz`) and not for the way. */
async function textOf(answer: Awaited<ReturnType<Outbound['request']>>): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of answer.body) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString();
  try {
    return (await unpack(bytes, { maxOutputLength: MAX_BYTES })).toString();
  } catch (cause) {
    const isLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    const most = `The sitemap unpacks to more than ${MAX_BYTES / 2 ** 20} MB.`;
    throw new DocumentError(isLarge ? most : "The sitemap is packed (gzip), and can't be unpacked.", { cause });
  }
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
