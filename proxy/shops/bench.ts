import { isDeepStrictEqual } from 'node:util';
import { checkForm, type Flaw, type ShopDraft } from './draft.ts';
import { resolveDraft } from './resolve.ts';
import type { Surroundings } from './surroundings.ts';
import { CAPPED, DESK_FIELDS, isDeskField, isOperators, MODEL_NAMES } from './desk-fields.ts';
import { at, overlaid } from './desk-overlay.ts';
import type { DeskChanges, DeskField, DeskProblem, Shop, ShopBench } from './types.ts';

/** Of all changes, as JSON: more than all texts of a shop may be long. */
const MAX_CHANGES = 128_000;

/** @param draft a shop as its file says it, and good */
export function createBench(draft: ShopDraft, surroundings: Surroundings): ShopBench {
  const { file } = checkForm(draft.values);
  const models = [
    ...new Set([
      ...[...MODEL_NAMES].flatMap((field) => (at(draft.values, field) as string | undefined) ?? []),
      ...(file?.desk.models ?? []),
    ]),
  ];
  const tools = surroundings.toolNames;
  const most = (field: string) => (CAPPED.has(field) ? ((at(file, field) ?? null) as number | null) : undefined);

  /** A second model may be taken away; the first one is needed. */
  const mayBe = (field: string, value: unknown) =>
    value === null ? field !== 'model.name' : models.some((name) => name === value);

  /** Whatever the schema can't know: who may say what. */
  function beyond(changes: DeskChanges): DeskProblem[] {
    const problems: DeskProblem[] = [];
    for (const [field, value] of Object.entries(changes)) {
      const own = at(draft.values, field);
      if (isDeepStrictEqual(value, own)) continue;
      if (!isDeskField(field)) problems.push({ field: field.slice(0, 100), message: 'stands in the file alone' });
      else if (MODEL_NAMES.has(field) && !mayBe(field, value)) {
        problems.push({ field, message: `must be one of ${models.join(', ') || 'none: "desk.models" names none'}` });
      } else if (field === 'knowledge') problems.push(...filesIn(value, own));
      if (hasUnfit(value)) {
        problems.push({
          field: field.slice(0, 100),
          message: 'has characters that nobody sees and that turn text around or end it',
        });
      }
      const cap = most(field);
      if (typeof cap === 'number' && (value === null || (typeof value === 'number' && value > cap))) {
        problems.push({ field, message: `must be ${cap} at the most, as ${draft.settings} has it` });
      }
    }
    return problems;
  }

  const resolve = (changes: DeskChanges) =>
    resolveDraft({ ...draft, values: overlaid(draft.values, changes) }, surroundings);

  async function check(
    changes: DeskChanges,
  ): Promise<{ shop: Shop; problems: [] } | { shop: undefined; problems: DeskProblem[] }> {
    if (JSON.stringify(changes).length > MAX_CHANGES) {
      return {
        shop: undefined,
        problems: [{ field: '', message: `are longer than ${MAX_CHANGES / 1_000} kB in all` }],
      };
    }
    const problems = beyond(changes);
    const { shop, flaws } = await resolve(changes);
    if (shop && problems.length === 0) return { shop, problems: [] };
    return { shop: undefined, problems: [...problems, ...flaws.map(toProblem)] };
  }

  return {
    slug: file?.slug ?? draft.slug,
    settings: draft.settings,
    models,
    tools,
    fields(changes) {
      const now = checkForm(overlaid(draft.values, capped(changes))).file;
      return DESK_FIELDS.map((field): DeskField => {
        const limit = most(field);
        const value = at(now, field) ?? null;
        const said = at(draft.values, field);
        return { field, value, file: said, editable: !isOperators(field), ...(limit !== undefined && { most: limit }) };
      });
    },
    check,
    async apply(changes) {
      const problems = beyond(changes).filter(({ field }) => !CAPPED.has(field));
      let kept = without(capped(changes), problems);
      // What is wrong goes; what then is wrong in addition takes all the rest along.
      for (const tries of [1, 2]) {
        const { shop, flaws } = await resolve(kept);
        if (shop) return { shop, problems };
        const found = flaws.map(toProblem);
        if (!found.some(({ field }) => touches(kept, field))) return { shop: undefined, problems };
        problems.push(...found);
        kept = tries === 1 ? without(kept, found) : {};
      }
      return { shop: (await resolve({})).shop, problems };
    },
  };

  function capped(changes: DeskChanges): DeskChanges {
    const entries = Object.entries(changes).map(([field, value]) => {
      const cap = most(field);
      const isAbove = typeof cap === 'number' && (value === null || (typeof value === 'number' && value > cap));
      return [field, isAbove ? cap : value];
    });
    return Object.fromEntries(entries) as DeskChanges;
  }
}

/** Control characters, halves of characters, and overrides of direction; what Hebrew and emoji are written with is not among them. */
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202d\u202e]|\p{Surrogate}/u;

/** In texts and in names of their places, of which one that JavaScript takes for its own is unfit too. */
function hasUnfit(value: unknown): boolean {
  if (typeof value === 'string') return UNFIT.test(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => name === '__proto__' || UNFIT.test(name) || hasUnfit(inner));
}

/** A file's text would be told to whoever asks the assistant for it, and the proxy can read more than the owner may. */
function filesIn(value: unknown, own: unknown): DeskProblem[] {
  const known = Array.isArray(own) ? (own as unknown[]) : [];
  return (Array.isArray(value) ? (value as unknown[]) : []).flatMap((entry, index) => {
    const hasFile = typeof entry === 'object' && entry !== null && 'file' in entry;
    if (!hasFile || known.some((other) => isDeepStrictEqual(other, entry))) return [];
    return [{ field: `knowledge.${index}.file`, message: 'names a file: write the text itself' }];
  });
}

function toProblem({ path, message }: Flaw): DeskProblem {
  return { field: path, message };
}

function touches(changes: DeskChanges, path: string): boolean {
  return Object.keys(changes).some((field) => isAround(field, path));
}

function without(changes: DeskChanges, problems: readonly DeskProblem[]): DeskChanges {
  const wrong = (field: string) => problems.some((problem) => isAround(field, problem.field));
  return Object.fromEntries(Object.entries(changes).filter(([field]) => !wrong(field)));
}

/** One is the other, or inside of it. */
function isAround(field: string, path: string): boolean {
  return field === path || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
}
