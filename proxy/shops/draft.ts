import { z } from 'zod';
import { didYouMean } from '../spelling.ts';
import { wording } from '../wording.ts';
import { shopFile, type ShopFile } from './schema.ts';

/** A shop as somebody wrote it, not yet checked. */
export interface ShopDraft {
  /** Where it stands: `shops/acme.json`, `the environment`. */
  settings: string;
  /** For a shop that says no slug of its own. */
  slug: string;
  /** Relative paths are relative to this folder. */
  folder: string;
  /** In the form of schema.ts. */
  values: unknown;
  /** The beginning of a problem's line; left out, `shops/acme.json: limits.shop:`. */
  place?: (path: string) => string;
}

/** A problem with a setting: where in the draft, and what. */
export interface Flaw {
  path: string;
  message: string;
}

export function toLine(draft: ShopDraft, { path, message }: Flaw): string {
  const place = draft.place?.(path) ?? [draft.settings, path].filter((part) => part !== '').join(': ') + ':';
  return `${place} ${message}`;
}

/** Stands in for a catalogue whose settings are wrong. */
const SOME_CATALOG = { type: 'url', url: 'https://shop.example/catalog.json' };

/**
 * The draft with its defaults, and all that is wrong with its form. What is wrong is then left out, so that the rest can be
 * looked at as well; nothing is left of what is no object.
 */
export function checkForm(values: unknown): { file: ShopFile | undefined; flaws: Flaw[] } {
  const parsed = shopFile.safeParse(values, { error: wording });
  if (parsed.success) return { file: parsed.data, flaws: [] };
  const flaws = parsed.error.issues.flatMap(toFlaws);
  const wrong = new Set(flaws.map(topOf));
  const rest = Object.entries(values ?? {}).filter(([key]) => !wrong.has(key));
  const catalog = wrong.has('catalog') && { catalog: SOME_CATALOG };
  return { file: shopFile.safeParse({ ...Object.fromEntries(rest), ...catalog }).data, flaws };
}

/** The outermost setting that a flaw is in. */
export function topOf({ path }: Flaw): string {
  return path.split('.')[0]!;
}

function toFlaws(issue: z.core.$ZodIssue): Flaw[] {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  const known = keysAt(shopFile, issue.path);
  return issue.keys.map((key) => {
    const meant = didYouMean(key, known);
    return {
      path: [...issue.path, key].join('.'),
      message: `is no setting${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    };
  });
}

/** The names that may stand in the object at `path`. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): string[] {
  const bare = unwrapped(schema);
  if (bare instanceof z.ZodDiscriminatedUnion) return bare.options.flatMap((option) => keysAt(option, path));
  if (bare instanceof z.ZodArray) return keysAt(bare.element, path.slice(1));
  if (!(bare instanceof z.ZodObject)) return [];
  const [key, ...rest] = path;
  if (key === undefined) return Object.keys(bare.shape);
  const inner: z.core.$ZodType | undefined = bare.shape[String(key)];
  return inner ? keysAt(inner, rest) : [];
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const wraps =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable;
  return wraps ? unwrapped(schema.unwrap()) : schema;
}
