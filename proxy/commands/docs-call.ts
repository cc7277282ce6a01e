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
  check [--questions <file>]      what can't be read, is out of date or says the same twice, and which of your questions find
                                  the document that answers them
  export <folder>                 writes what was read of each, as Markdown, and a list of them
  prune [--dry-run]               deletes documents whose file or page is gone, and what is left of older versions
  --url   where shoppers can read the document
  --shop  needed where several shops are served
  --json  prints a line of JSON for each document or passage
  --questions  a JSON list of {"q": "Can I return it?", "document": "returns.md", "fact": "30 days"}; "fact" may be left out

Ends with 0 when all is well, with 1 when something is not, and with 2 when it is called wrongly.`;

const ACTIONS = ['add', 'list', 'remove', 'enable', 'disable', 'search', 'sync', 'check', 'export', 'prune'] as const;
/** The others are told of which. */
const WITHOUT_NAMES: readonly string[] = ['list', 'sync', 'check', 'prune'];

const NEEDS: Partial<Record<string, string>> = {
  add: 'a file',
  search: 'a question',
  export: 'a folder to write to',
};

export interface DocsCall {
  action: (typeof ACTIONS)[number];
  names: string[];
  shop: string | undefined;
  url: string | undefined;
  questions: string | undefined;
  dryRun: boolean;
  json: boolean;
  help: boolean;
}

/** @returns in words what is wrong with it, for what can't be read; nothing where nothing is said */
export function argumentsOf(args: readonly string[]): DocsCall | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        shop: { type: 'string' },
        url: { type: 'string' },
        questions: { type: 'string' },
        'dry-run': { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const { shop, url, questions, 'dry-run': dryRun = false, json = false, help = false } = values;
    const flags = { shop, url, questions, dryRun, json, help };
    const [action, ...names] = positionals;
    const known = ACTIONS.find((one) => one === action);
    if (help) return { action: 'list', names: [], ...flags };
    if (action === undefined) return '';
    if (!known) return unknownAction(action);
    if (WITHOUT_NAMES.includes(known) && names.length > 0)
      return `${known} takes no names: "${names[0]!}" is too much.`;
    if (!WITHOUT_NAMES.includes(known) && names.length === 0)
      return `${known} needs ${NEEDS[known] ?? 'the id or the name of a document'}.`;
    if (known === 'export' && names.length > 1) return 'export takes one folder.';
    if (questions !== undefined && known !== 'check') return '--questions belongs to check.';
    if (dryRun && known !== 'prune') return '--dry-run belongs to prune.';
    if (url !== undefined && known !== 'add') return '--url belongs to add.';
    if (url !== undefined && names.length > 1) return '--url is the address of one file: add the others by themselves.';
    return { action: known, names, ...flags };
  } catch (error) {
    // Node's own words name the option; what follows them is for those who meant a file.
    return `${(error as Error).message.split('. ')[0]!}.`;
  }
}

function unknownAction(action: string): string {
  const meant = didYouMean(action, ACTIONS);
  return `There is no "docs ${action}"; ${meant ? `did you mean ${meant}?` : `there are ${ACTIONS.join(', ')}.`}`;
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
