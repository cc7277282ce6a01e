/** What an owner may say of how the widget looks, what it says and when its people are there. Part of schema.ts. */
import { z } from 'zod';
import { DAYS } from '../opening-hours.ts';

const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
const span = z
  .string()
  .regex(new RegExp(`^${TIME}-(?:${TIME}|24:00)$`), 'must be a time from and to, such as 09:00-17:30')
  .refine((value) => value.slice(0, 5) !== value.slice(6), 'begins when it ends; the whole day is 00:00-24:00');
const spans = z.array(span).max(6);

export const hours = z.strictObject({
  time_zone: z.string().max(64).refine(isTimeZone, 'must be a time zone of the IANA database, such as Europe/Paris'),
  days: z.strictObject(Object.fromEntries(DAYS.map((day) => [day, spans.optional()])) as Record<Day, SpansOrNot>),
  closed: z.array(z.string().refine(isDate, 'must be a date such as 2026-12-25')).max(200).default([]),
});
type Day = (typeof DAYS)[number];
type SpansOrNot = z.ZodOptional<typeof spans>;

export const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f766e');

const PX = { px: 1, rem: 16, em: 16 } as const;
/** @param from and `to` in pixels, where a `rem` is 16 of them */
const length = (from: number, to: number) =>
  z.string().refine(
    (value) => {
      const match = /^(\d{1,3}(?:\.\d{1,3})?)(px|rem|em)$/.exec(value === '0' ? '0px' : value);
      const pixels = match ? Number(match[1]) * PX[match[2] as keyof typeof PX] : NaN;
      return pixels >= from && pixels <= to;
    },
    `must be a length from ${from}px to ${to}px, such as ${from + (to - from) / 4}px`,
  );

const colours = {
  surface: colour.optional(),
  text: colour.optional(),
  muted: colour.optional(),
  border: colour.optional(),
};

export const theme = z.strictObject({
  accent: colour.optional(),
  color_scheme: z.enum(['auto', 'light', 'dark']).optional(),
  ...colours,
  dark: z.strictObject({ accent: colour.optional(), ...colours }).optional(),
  radius: length(0, 32).optional(),
  /** No more than names: whatever else CSS knows has no business in a list of fonts. */
  font: z
    .string()
    .max(200)
    .regex(/^[\p{L}\p{N} ,'"_-]+$/u, 'must be a list of font families, such as "Inter", sans-serif')
    .optional(),
  font_size: length(12, 24).optional(),
  launcher_size: length(40, 96).optional(),
  position: z.enum(['start', 'end']).optional(),
  layout: z.enum(['float', 'side', 'inline']).optional(),
});

const seconds = z.int().min(1).max(86_400);
/** @param byLanguage as in schema.ts */
export function greetings(byLanguage: z.ZodType<Record<string, string>>) {
  const greeting = z
    .strictObject({
      after_s: seconds.optional(),
      idle_cart_s: seconds.optional(),
      pages: z
        .array(
          z
            .string()
            .max(200)
            .regex(/^[/*]\S*$/, 'must be a path such as /cart or /shoes/**'),
        )
        .min(1)
        .max(20)
        .optional(),
      text: byLanguage.refine((texts) => Object.keys(texts).length > 0, 'says nothing in any language'),
    })
    .refine(
      ({ after_s, idle_cart_s }) => after_s !== undefined || idle_cart_s !== undefined,
      'needs "after_s" or "idle_cart_s": seconds until it may be said',
    );
  return z.array(greeting).max(5).default([]);
}

/** Longer than any text of the widget's own. */
const MAX_STRING = 500;
/** Every visitor loads all of them. */
const MAX_STRINGS = 32_000;

export const dictionary = z.record(
  z.string().regex(/^[A-Za-z]\w{0,59}(?:\.[A-Za-z]\w{0,59})?$/, 'is no name of a text'),
  z.string().min(1).max(MAX_STRING),
);

export function fewStrings(strings: object): boolean {
  return JSON.stringify(strings).length <= MAX_STRINGS;
}

function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    // "+03:00" is one as well, but knows no summer.
    return !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
