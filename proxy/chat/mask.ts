import { setImmediate } from 'node:timers/promises';
import { findPhoneNumbersInText, isSupportedCountry, type CountryCode } from 'libphonenumber-js';
import type { MaskedKind } from '../shops/types.ts';

interface Found {
  start: number;
  end: number;
}

const FIND: Record<MaskedKind, (text: string, locale: string) => Iterable<Found>> = {
  email: emails,
  card: cards,
  phone: phones,
};

/** In this order: a card number would pass for a phone number. */
const ORDER = ['email', 'card', 'phone'] as const;

/** A text of nothing but digits takes the search for phone numbers five milliseconds for so many characters. */
const PIECE = 300;

/**
 * A shopper's text with the private things in it taken out: `[email]`, `[phone]`, `[card]`. Order numbers, prices and
 * article numbers stay, as well as they can be told apart: a false find costs the shopper one question, a missed one is
 * what they wrote themselves. Others get their turn between the pieces of a long text.
 * @param locale BCP 47; tells in which country a number without a country code is dialled
 */
export async function mask(text: string, kinds: readonly MaskedKind[], locale: string): Promise<string> {
  if (kinds.length === 0) return text;
  let result = '';
  for (let start = 0; start < text.length;) {
    if (start > 0) await setImmediate();
    const end = endOfPiece(text, start);
    result += maskPiece(text.slice(start, end), kinds, locale);
    start = end;
  }
  return result;
}

/** Behind the last letter with a blank, so that no number is cut in two; behind anything where there are none for a long while. */
function endOfPiece(text: string, start: number): number {
  const end = start + PIECE;
  if (end >= text.length) return text.length;
  const words = /^[^]*\p{L}\s/u.exec(text.slice(end - 200, end));
  return words ? end - 200 + words[0].length : end;
}

function maskPiece(text: string, kinds: readonly MaskedKind[], locale: string): string {
  let masked = text;
  for (const kind of ORDER) {
    if (!kinds.includes(kind)) continue;
    let result = '';
    let end = 0;
    for (const found of FIND[kind](plainDigits(masked), locale)) {
      result += `${masked.slice(end, found.start)}[${kind}]`;
      end = found.end;
    }
    masked = result + masked.slice(end);
  }
  return masked;
}

/** Digits of Arabic, Persian and full width as ours; the text stays as long as it was. */
function plainDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) & 15));
}

function* matches(text: string, pattern: RegExp): Generator<Found & { text: string }> {
  for (const match of text.matchAll(pattern)) {
    yield { start: match.index, end: match.index + match[0].length, text: match[0] };
  }
}

const EMAIL = /[^\s@<>()[\]{},;:"'|\\/]{1,64}[@\uff20](?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}/gu;

function emails(text: string): Iterable<Found> {
  return matches(text, EMAIL);
}

/** 13 to 19 digits, as they are written: in groups, with whatever the keyboard puts between them. */
const CARD = /(?<![\p{L}\d])[2-6](?:[ \u00a0\u2000-\u200f\u2010-\u2015.-]{0,2}\d){12,18}(?!\d)/gu;

function* cards(text: string): Generator<Found> {
  for (const found of matches(text, CARD)) {
    const digits = found.text.replace(/\D/g, '');
    // Of the articles with 13 digits (EAN) one in ten would pass; cards of that length begin with a 4.
    if (digits.length === 13 && !digits.startsWith('4')) continue;
    if (luhn(digits)) yield found;
  }
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Words before a number that say that it is none to dial. */
const OTHER_NUMBER =
  /(?:#|\u2116|\b(?:order|orders|invoice|receipt|ref|reference|sku|ean|gtin|upc|isbn|item|model|part|tracking|parcel|coupon|code)|הזמנה|חשבונית|קבלה|משלוח|קופון|דגם|פריט|מק["״]?ט)[\s:.#-]*(?:(?:number|num|no|nr|id|is|מספר|מס'?)[\s:.#-]*){0,2}$/iu;

const DATE = /^(?:\d{4}([-./ ])\d{1,2}\1\d{1,2}|\d{1,2}([-./ ])\d{1,2}\2\d{4})$/;

function* phones(text: string, locale: string): Generator<Found> {
  const country = countryOf(locale);
  for (const { startsAt, endsAt } of findPhoneNumbersInText(text, { ...(country && { defaultCountry: country }) })) {
    const number = text.slice(startsAt, endsAt);
    const before = text.slice(Math.max(0, startsAt - 60), startsAt);
    const other = DATE.test(number) || (!number.startsWith('+') && OTHER_NUMBER.test(before));
    if (!other) yield { start: startsAt, end: endsAt };
  }
}

/** Languages of many countries: there only a country that is named counts. */
const WORLD = new Set(['en', 'es', 'fr', 'pt', 'ar', 'zh']);

function countryOf(locale: string): CountryCode | undefined {
  const { language, region } = new Intl.Locale(locale);
  const country = region ?? (WORLD.has(language) ? '' : (new Intl.Locale(locale).maximize().region ?? ''));
  return isSupportedCountry(country) ? country : undefined;
}
