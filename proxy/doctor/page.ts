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

const TAG = /<(script|shop-clerk|meta|base)\b((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?/g;

export function readPage(html: string, url: URL): ShopPage {
  const tags: WidgetTag[] = [];
  const policies: string[] = [];
  let element: ShopPage['element'];
  let base = url;
  for (const [, name = '', text = ''] of html.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(TAG)) {
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

function attributesOf(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of text.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, (double ?? single ?? bare ?? '').replaceAll('&amp;', '&'));
  }
  return attributes;
}
