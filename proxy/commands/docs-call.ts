import { parseArgs } from 'node:util';
import type { Shop } from '../shops/types.ts';
import { didYouMean } from '../spelling.ts';

export const USAGE = `Usage: npm run docs -- <what> [--shop <shop>] [--json]

The documents that a shop's assistant answers from: PDF, DOCX, Markdown, HTML, plain text, CSV.
  add <file …> [--url <address>]  reads files; one of the same name is replaced
  list                            all of them, and what is wrong with those that can't be read
  remove <id or name …>           deletes them
  enable|disable <id or name …>   lets the assistant use them, or not
  search <question>               what the assistant would find
  sync                            reads again what the shop's settings name
  --url   where shoppers can read the document
  --shop  needed where several shops are served
  --json  prints a line of JSON for each document or passage`;

const ACTIONS = ['add', 'list', 'remove', 'enable', 'disable', 'search', 'sync'] as const;

export interface DocsCall {
  action: (typeof ACTIONS)[number];
  names: string[];
  shop: string | undefined;
  url: string | undefined;
  json: boolean;
  help: boolean;
}

/** Undefined for what can't be read. */
export function argumentsOf(args: readonly string[]): DocsCall | undefined {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        shop: { type: 'string' },
        url: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const { shop, url, json = false, help = false } = values;
    const [action, ...names] = positionals;
    const known = ACTIONS.find((one) => one === action);
    if (help) return { action: 'list', names: [], shop, url, json, help };
    if (!known) return undefined;
    const takesNames = known !== 'list' && known !== 'sync';
    if (takesNames ? names.length === 0 : names.length > 0) return undefined;
    if (url !== undefined && (known !== 'add' || names.length > 1)) return undefined;
    return { action: known, names, shop, url, json, help };
  } catch {
    // What it can't read, it wasn't told how to write: the usage is shown.
    return undefined;
  }
}

/** Why a call can't be followed, in words; undefined for one that can. */
export function whyNot(
  { shop: slug, url }: DocsCall,
  shops: readonly Shop[],
  shop: Shop | undefined,
): string | undefined {
  const slugs = shops.map((one) => one.slug);
  if (slug === undefined && shops.length > 1) return `Say which shop: --shop ${slugs.join(' or --shop ')}`;
  if (!shop && slug !== undefined) {
    const meant = didYouMean(slug, slugs);
    return `There is no shop "${slug}"; ${meant ? `did you mean ${meant}?` : `there are ${slugs.join(', ')}.`}`;
  }
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))) {
    return '--url must be an http(s) URL, where shoppers can read the document.';
  }
  return undefined;
}
