/** What several parts of a shop's file are made of. */
import { z } from 'zod';

const LANGUAGE_TAG = 'must be a language tag, such as en or he';
export const language = z.string().refine(isLanguageTag, LANGUAGE_TAG);
/** By language; the record's keys are checked like any text. */
export const byLanguage = <T extends z.ZodType>(value: T) => z.record(z.string(), value).superRefine(languageKeys);

export const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http(s) URL, such as https://shop.example' })
  .max(2_000);
/** A page of the shop's: a URL, or its path, since a shop may have pages on several origins. */
export const pageUrl = z
  .string()
  .max(2_000)
  .refine(
    (value) => webUrl.safeParse(value).success || /^\/(?![/\\])/.test(value),
    'must be an http(s) URL, or a path such as /cart/',
  );
/** Never the secret itself: these files are copied, shown and committed. */
export const secret = z
  .string()
  .regex(/^env:[A-Za-z_][A-Za-z0-9_]*$/, 'is a secret: write env:NAME here and set NAME in the environment');
export const file = z.string().min(1).max(1_000);

export const count = (max: number) => z.int().gt(0).max(max);

function isLanguageTag(tag: string): boolean {
  try {
    // `hebrew` has the form of a tag, but no page and no browser asks for it.
    return new Intl.Locale(tag).language.length <= 3;
  } catch {
    return false;
  }
}

function languageKeys(value: object, context: z.RefinementCtx): void {
  for (const tag of Object.keys(value)) {
    if (!isLanguageTag(tag)) context.addIssue({ code: 'custom', path: [tag], message: LANGUAGE_TAG });
  }
}

export function noTwice(values: readonly string[], context: z.RefinementCtx): void {
  if (new Set(values).size < values.length) context.addIssue('names something twice');
}
