import { CodeState } from './code.ts';

/** Longest mark that is waited for; what goes on longer is text. */
const MAX_MARK = 96;
/** Of one mark. */
const MAX_NUMBERS = 8;

/** Brackets of East Asian type, in which vendors set their marks, and models now and then ours. */
const OPEN = '[【〖〔［⟦]';
const CLOSE = '[】〗〕］⟧]';
const NO_BRACKET = String.raw`[^[\]【】〖〗〔〕［］⟦⟧\n]`;
const NOT_CLOSED = '[^】〗〕］⟧\\n]';
/** Between the signs of a mark: blanks, and what has no width. */
const GAP = String.raw`[ \t\u200b-\u200f\u2060\ufeff]{0,3}`;
/** `[[doc:2]]`, `[[doc:1, 3]]`, `[[doc:1; doc:3]]`, the same in one pair of brackets or in any other of ours. */
const CITED = String.raw`(?:[[［]${GAP}[[［]?|${OPEN})${GAP}docs?${GAP}[:：]${NO_BRACKET}{0,80}(?:[\]］](?:${GAP}[\]］])?|${CLOSE})`;
/** What the marks of a vendor's own search look like when they leak: they count other documents than ours. */
const LEAKED = String.raw`${OPEN}(?=${NOT_CLOSED}{1,90}${CLOSE})[^†‡】〗〕］⟧\n]{0,90}[†‡]${NOT_CLOSED}{0,90}${CLOSE}|\[\d{1,3}:\d{1,3}[†‡][^\]\n]{0,80}\]|\uE200[^\uE201\n]{0,90}\uE201?|\p{Co}`;
/** A mark such as we make them: none of the model's making may point at a source of ours. */
const FINISHED = String.raw`\[\^\d{1,3}\]`;
/** The blank before a mark goes with it: marks stand close to what they belong to. */
const MARK = new RegExp(String.raw`[ \t]{0,2}(?:(?<cited>${CITED})|${LEAKED}|${FINISHED})`, 'giu');
/** The same without its end, at the end of what has come. */
const BEGUN = new RegExp(
  String.raw`[ \t]{0,2}(?:\[${GAP}[[［]?${GAP}(?:d(?:o(?:c(?:s?${GAP}(?:[:：]${NO_BRACKET}{0,80}(?:[\]］]${GAP})?)?)?)?)?)?|\[\^\d{0,3}|\[\d{1,3}(?::\d{0,3}(?:[†‡][^\]\n]{0,80})?)?|${OPEN}${NOT_CLOSED}{0,90}(?:］${GAP})?|\uE200[^\uE201\n]{0,90})$|[ \t]{1,2}$`,
  'iu',
);
/** Begun, and certainly no text: said by nobody when nothing more comes. */
const CUT_OFF =
  /^[ \t]*(?:\[\[[ \t]*d|\[[ \t]*docs?[ \t]*[:：]|[【〖〔［⟦](?:[^】〗〕］⟧]*(?:docs?[ \t]*[:：]|[†‡])|[\d: ]*$)|\[\d{1,3}:\d{1,3}[†‡]|\uE200|\[\^\d)/iu;

/** Something opened that has no end yet: what was taken out behind it must not let two halves of a mark grow together. */
const OPENED = /\[[^\]\n]{0,90}$/u;

/**
 * Reads a model's words as they come and takes the marks out of them: each becomes what `cite` makes of its numbers. Only
 * what may be the beginning of a mark is held back, and the result is the same however the text comes in pieces. In code
 * a mark can't be shown as one, and is left out; one of the model's own making is left out there, too, since whoever shows the
 * text may not take the same for code.
 */
export class CitationMarks {
  readonly #cite: (numbers: readonly number[], before: string) => string;
  readonly #code = new CodeState();
  #held = '';
  /** What was said up to here, without marks. */
  #said = '';
  /** What of it came since the last mark that somebody else has set. */
  #unmarked = '';
  /** Those marks of somebody else's that stand right here, and those that wait for a place where one can stand. */
  #here = '';
  #waiting = '';
  /** Characters said since they wait. */
  #waited = 0;

  /** @param cite makes what stands in place of a mark of what was said before it */
  constructor(cite: (numbers: readonly number[], before: string) => string) {
    this.#cite = cite;
  }

  /** @returns what may be shown now */
  push(delta: string): string {
    return this.#read(this.#held + delta, false);
  }

  /**
   * A mark that somebody else has set, behind all that was shown. Where something is held back, it stands before that: a blank, or
   * the beginning of what is no text. In code, a link or an address it waits for the end of that. Of two alike at one place one is set.
   * @param back how many characters ago the words ended that it belongs to
   * @param cite makes it of these words: those since the last such mark, if there are any @returns what may be shown of it
   */
  put(back: number, cite: (before: string) => string): string {
    const ofAll = upTo(this.#said, back);
    const own = upTo(this.#unmarked, back);
    const mark = cite(/[\p{L}\p{N}]/u.test(own) ? own : ofAll);
    if (mark === '') return '';
    this.#unmarked = back > 0 ? this.#unmarked.slice(-back) : '';
    if (this.#here.includes(mark) || this.#waiting.includes(mark)) return '';
    if (this.#waiting === '' && !this.#code.inCode && !INSIDE.test(this.#said)) {
      this.#here += mark;
      return mark;
    }
    if (this.#waiting === '') this.#waited = 0;
    this.#waiting += mark;
    return '';
  }

  /** The rest, before something else or at the end. */
  flush(): string {
    return this.#read(this.#held, true);
  }

  #read(text: string, isLast: boolean): string {
    let out = '';
    let at = 0;
    const say = (words: string) => {
      out += this.#say(words);
    };
    const begun = BEGUN.exec(text);
    const end = begun && text.length - begun.index <= MAX_MARK ? begun.index : text.length;
    for (const match of text.matchAll(MARK)) {
      // What may still grow is read when all of it is there.
      if (!isLast && match.index + match[0].length > end) break;
      say(text.slice(at, match.index));
      at = match.index + match[0].length;
      const { cited } = match.groups!;
      const put = cited === undefined || this.#code.inCode ? '' : this.#cite(numbersIn(cited), this.#said);
      if (put === '') say(OPENED.test(this.#said) ? ' ' : '');
      else out += put;
    }
    const rest = Math.max(at, end);
    say(text.slice(at, rest));
    this.#held = text.slice(rest);
    if (!isLast) return out;
    if (!CUT_OFF.test(this.#held)) say(this.#held.replace(/\p{Co}/gu, ''));
    this.#held = '';
    // What code or half a link goes on to the end has no place for a mark behind it.
    if (!this.#code.inCode) out += this.#waiting;
    this.#waiting = '';
    return out;
  }

  /** @returns the words, with what has waited for a place among them */
  #say(words: string): string {
    if (words === '') return '';
    let at = 0;
    let mark = '';
    if (this.#waiting !== '') {
      while (at < words.length && !this.#mayStand(words[at]!)) this.#add(words[at++]!);
      if (at < words.length) [mark, this.#waiting] = [this.#waiting, ''];
    }
    this.#add(words.slice(at));
    return words.slice(0, at) + mark + words.slice(at);
  }

  #add(words: string): void {
    if (words !== '') this.#here = '';
    this.#code.read(words);
    this.#said = (this.#said + words).slice(-MAX_BEFORE);
    this.#unmarked = (this.#unmarked + words).slice(-MAX_BEFORE);
  }

  /** Whether a mark may stand before what comes next. */
  #mayStand(next: string): boolean {
    this.#waited++;
    // Most places are none, and need no look at what stands before.
    if (this.#code.inCode || !(MAY_END.test(next) || HAS_ENDED.test(this.#said))) return false;
    if (this.#waited > MAX_WAIT) return true;
    const inside = INSIDE.exec(this.#said)?.groups;
    if (!inside) return true;
    if (inside['address'] !== undefined) return MAY_END.test(next);
    return inside['text'] !== undefined && inside['text'].endsWith(']') && next !== '(';
  }
}

/** Text or destination of a link, or an address, at the end of what was said; a mark in the middle would break it. */
const INSIDE =
  /(?:(?<text>\[[^\]\n]{0,200}\]?)|\]\([^)\n]{0,390}|(?<address>(?:https?:\/\/|www\.)[^\s<`[\]\\]{0,390}))$/iu;

/** What ends an address. Where none of these comes next, and none of the others was last, neither a link nor code has ended. */
const MAY_END = /[\s<`[\]\\]/u;
const HAS_ENDED = /[)\]`\n]$/u;
/** What goes on longer is no link. */
const MAX_WAIT = 200;

/** Enough to know which sentence a mark belongs to. */
const MAX_BEFORE = 400;

function upTo(text: string, back: number): string {
  return back > 0 ? text.slice(0, -back) : text;
}

function numbersIn(mark: string): number[] {
  const numbers = new Set<number>();
  for (const [, from, to] of mark.normalize('NFKC').matchAll(/(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?/g)) {
    for (let n = Number(from); n <= Number(to ?? from) && numbers.size < MAX_NUMBERS; n++) numbers.add(n);
  }
  return [...numbers];
}

/** For words that can't hold a mark: headings. */
export function withoutMarks(text: string): string {
  const marks = new CitationMarks(() => '');
  return marks.push(text) + marks.flush();
}
