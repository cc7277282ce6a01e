import type { Outbound } from '../outbound/types.ts';
import { DocumentError } from './document-error.ts';

/** What the sitemaps' standard allows at the most is 50 MB; who wants a thousand pages needs no more than this. */
const MAX_BYTES = 10 * 2 ** 20;
/** Of a sitemap of sitemaps. */
const MAX_PARTS = 20;
const TIMEOUT_MS = 30_000;
const MAX_URL = 2_000;

/**
 * The pages that a sitemap names, in its order, those of its own origin only.
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
  return [...pages];
}

async function read(url: string, request: Outbound['request'], signal: AbortSignal) {
  const answer = await request(url, { signal, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS });
  const xml = await answer.text();
  if (answer.status !== 200)
    throw new DocumentError(`The sitemap can't be read: it is answered with ${answer.status}.`);
  if (!/<(urlset|sitemapindex)\b/i.test(xml)) throw new DocumentError('It is no sitemap.');
  const urls = Array.from(xml.matchAll(/<loc>\s*(?:<!\[CDATA\[)?([^<\]]{1,2100})/gi), ([, text]) =>
    unescaped(text!.trim()),
  );
  return { isIndex: /<sitemapindex\b/i.test(xml), urls };
}

function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
