/** What a shop's page says of the widget, read from its HTML as it came. */
export interface WidgetTag {
  attributes: ReadonlyMap<string, string>;
  /** Absolute. */
  src: URL;
}

export interface ShopPage {
  tags: readonly WidgetTag[];
  /** `shop` and `proxy` of `<shop-clerk>`, where one is written in the page. */
  element: ReadonlyMap<string, string> | undefined;
  /** Policies in `<meta>`. */
  policies: readonly string[];
}

const TAG = /<(script|shop-clerk|meta|base)\b/gi;
/** Each may be looked for up to the end of the page: more than so many, and nobody meant it to be read. */
const MAX_UNENDED = 100;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?/g;

export function readPage(html: string, url: URL): ShopPage {
  const tags: WidgetTag[] = [];
  const policies: string[] = [];
  let element: ShopPage['element'];
  let base = url;
  for (const [name, text] of tagsIn(withoutComments(html))) {
    const attributes = attributesOf(text);
    switch (name.toLowerCase()) {
      case 'base':
        if (URL.canParse(attributes.get('href') ?? '', url.href)) base = new URL(attributes.get('href') ?? '', url);
        break;
      case 'meta':
        if (attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy')
          policies.push(attributes.get('content') ?? '');
        break;
      case 'shop-clerk':
        element ??= attributes;
        break;
      default: {
        const src = attributes.get('src') ?? attributes.get('data-src') ?? attributes.get('data-rocket-src');
        if (src === undefined || !URL.canParse(src, base.href)) break;
        const at = new URL(src, base);
        if (at.pathname.endsWith('/widget.js')) tags.push({ attributes, src: at });
      }
    }
  }
  return { tags, element, policies };
}

/** By hand: a page that opens many comments and ends none would keep a regular expression busy for hours. */
function withoutComments(html: string): string {
  let rest = '';
  let at = 0;
  for (;;) {
    const begin = html.indexOf('<!--', at);
    const end = begin < 0 ? -1 : html.indexOf('-->', begin + 4);
    if (end < 0) return rest + html.slice(at);
    rest += html.slice(at, begin);
    at = end + 3;
  }
}

/** Names and attributes, as written. */
function* tagsIn(html: string): Generator<[name: string, attributes: string]> {
  let unended = 0;
  let after = 0;
  for (const { 0: opened, 1: name = '', index } of html.matchAll(TAG)) {
    if (index < after) continue;
    const begin = index + opened.length;
    const end = endOfTag(html, begin);
    if (end >= 0) yield [name, html.slice(begin, (after = end))];
    else if (++unended > MAX_UNENDED) return;
  }
}

/** Where its `>` is, outside of quotes; below 0 where there is none. */
function endOfTag(html: string, begin: number): number {
  const stop = /[>"']/g;
  stop.lastIndex = begin;
  for (let found = stop.exec(html); found; found = stop.exec(html)) {
    if (found[0] === '>') return found.index;
    const closing = html.indexOf(found[0], stop.lastIndex);
    if (closing < 0) return -1;
    stop.lastIndex = closing + 1;
  }
  return -1;
}

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'));
  }
  return attributes;
}
