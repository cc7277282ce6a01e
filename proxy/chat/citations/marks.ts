import { CodeState } from './code.ts';

/** Longest mark that is waited for; what goes on longer is text. */
const MAX_MARK = 96;
/** Of one mark. */
const MAX_NUMBERS = 8;

/** `[[doc:2]]`, `[[doc:1, 3]]`, `[[doc:1; doc:3]]`, the same in one pair of brackets or in lenticular ones. */
const CITED = String.raw`(?:\[\[?|【)[ \t]{0,3}docs?[ \t]{0,3}:[^[\]【】\n]{0,80}(?:\]\]?|】)`;
/** What the marks of a vendor's own search look like when they leak: they count other documents than ours. */
const LEAKED = String.raw`【(?=[^】\n]{1,90}】)[^†】\n]{0,90}†[^】\n]{0,90}】|\uE200[^\uE201\n]{0,90}\uE201?|\p{Co}`;
/** A mark such as we make them: none of the model's making may point at a source of ours. */
const FINISHED = String.raw`\[\^\d{1,3}\]`;
/** The blank before a mark goes with it: marks stand close to what they belong to. */
const MARK = new RegExp(String.raw`[ \t]{0,2}(?:(?<cited>${CITED})|${LEAKED}|${FINISHED})`, 'giu');
/** The same without its end, at the end of what has come. */
const BEGUN = new RegExp(
  String.raw`[ \t]{0,2}(?:\[{1,2}[ \t]{0,3}(?:d(?:o(?:c(?:s?[ \t]{0,3}(?::[^[\]【】\n]{0,80}\]?)?)?)?)?)?|\[\^\d{0,3}|【[^】\n]{0,90}|\uE200[^\uE201\n]{0,90})$|[ \t]{1,2}$`,
  'iu',
);
/** Begun, and certainly no text: said by nobody when nothing more comes. */
const CUT_OFF = /^[ \t]*(?:\[\[[ \t]*d|\[[ \t]*docs?[ \t]*:|【(?:[^】]*(?:docs?[ \t]*:|†)|[\d: ]*$)|\uE200|\[\^\d)/iu;

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
   * the beginning of what is no text.
   * @param back how many characters ago the words ended that it belongs to
   * @param cite makes it of these words: those since the last such mark, if there are any @returns what may be shown of it
   */
  put(back: number, cite: (before: string) => string): string {
    if (this.#code.inCode) return '';
    const ofAll = upTo(this.#said, back);
    const own = upTo(this.#unmarked, back);
    const mark = cite(/[\p{L}\p{N}]/u.test(own) ? own : ofAll);
    if (mark !== '') this.#unmarked = back > 0 ? this.#unmarked.slice(-back) : '';
    return mark;
  }

  /** The rest, before something else or at the end. */
  flush(): string {
    return this.#read(this.#held, true);
  }

  #read(text: string, isLast: boolean): string {
    let out = '';
    let at = 0;
    const say = (words: string) => {
      this.#code.read(words);
      this.#said = (this.#said + words).slice(-MAX_BEFORE);
      this.#unmarked = (this.#unmarked + words).slice(-MAX_BEFORE);
      out += words;
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
    return out;
  }
}

/** Enough to know which sentence a mark belongs to. */
const MAX_BEFORE = 400;

function upTo(text: string, back: number): string {
  return back > 0 ? text.slice(0, -back) : text;
}

function numbersIn(mark: string): number[] {
  const numbers = new Set<number>();
  for (const [, from, to] of mark.matchAll(/(\d{1,3})(?:\s?[-–]\s?(\d{1,3}))?/g)) {
    for (let n = Number(from); n <= Number(to ?? from) && numbers.size < MAX_NUMBERS; n++) numbers.add(n);
  }
  return [...numbers];
}

/** For words that can't hold a mark: headings. */
export function withoutMarks(text: string): string {
  const marks = new CitationMarks(() => '');
  return marks.push(text) + marks.flush();
}
