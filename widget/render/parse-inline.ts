import type { Inline } from './ast.ts';
import { decodeEntities } from './plain-text.ts';

/** Openers that are remembered at a time. It bounds the time for hostile text, and how deep elements are nested. */
const MAX_OPEN = 16;
/** Longest run of `*` or `_` that is markup; each pair of it is an element around the next. */
const MAX_RUN = 6;

/** Where something else than plain text may begin. */
const SPECIAL = /[\\`*_~[\]!<@\n]|https?:\/\/|www\./gi;
const TICKS = /`+/g;
const PUNCTUATION_ASCII = /[!-/:-@[-`{-~]/;
const AUTOLINK = /<(?:([a-z][a-z\d+.-]{1,31}:[^\s<>]*)|([\w.+-]+@[\w-]+(?:\.[\w-]+)+))>/iy;
const BARE_URL = /(?:https?:\/\/|www\.)[^\s<`[\]\\]+/iy;
const MAIL_NAME = /[\w.+-]{1,64}$/;
const MAIL_HOST = /@[a-z\d-]+(?:\.[a-z\d-]*[a-z\d])+/iy;
/** `(address "title")`: the address in angle brackets, or with parentheses in pairs. */
const DESTINATION =
  /\(\s*(?:<((?:\\.|[^<>\\\n])*)>|((?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*\))*))(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?\s*\)/y;
const CITE = /\[\^([1-9]\d?)\]/y;
/** What an open text ends with that the next characters may make markup. */
const HALF_END = /(?<!\\)(?:[*_~`]+|!?\[(?:\^\d*)?|<[^\s<>]*|&#?\w{0,9})$|\\$/;
/** The rest of an open text: perhaps the beginning of an address. */
const HALF_DESTINATION = /(?:\((?:[^()\n]|\([^()\n]*(?:\)|$))*)?$/y;

interface Opener {
  /** `[` or `![`, or the character of emphasis. */
  mark: string;
  /** Where its own text stands in the output; what it encloses follows. */
  at: number;
  /** Of emphasis: how many characters there were, how many are not used up, and whether they could close as well. */
  size: number;
  left: number;
  closes: boolean;
}

/**
 * The inline markup of one block: CommonMark's, with GitHub's strikethrough (`~~` only: "~50 ₪" is common in prose) and
 * bare addresses, and `[^2]` for the second source. HTML is text, and so are reference links.
 *
 * Of an `open` text more may come. What has begun at its end is taken as if it were finished, or left out, so that a
 * reader doesn't see raw `**` or half an address for a moment.
 */
export function parseInline(source: string, open = false): Inline[] {
  if (!open) return new InlineParser(source.trimEnd(), false).parse();
  // No further back: a long run of marks would be looked at from each of them.
  const end = source.slice(-99);
  return new InlineParser((source.slice(0, -99) + end.replace(HALF_END, '')).trimEnd(), true).parse();
}

class InlineParser {
  readonly #source: string;
  readonly #isOpen: boolean;
  readonly #lastDestination: number;
  #at = 0;
  readonly #output: Inline[] = [];
  #openers: Opener[] = [];
  /** Lengths of backtick runs without a second one in what is left. */
  readonly #single = new Set<number>();

  constructor(source: string, isOpen: boolean) {
    this.#source = source;
    this.#isOpen = isOpen;
    this.#lastDestination = isOpen ? Infinity : source.lastIndexOf('](');
  }

  parse(): Inline[] {
    const source = this.#source;
    while (this.#at < source.length) {
      SPECIAL.lastIndex = this.#at;
      const special = SPECIAL.exec(source);
      const end = special?.index ?? source.length;
      this.#text(source.slice(this.#at, end));
      this.#at = end;
      if (special && !this.#markup(special[0])) {
        this.#text(special[0]);
        this.#at = end + special[0].length;
      }
    }
    if (this.#isOpen) this.#closeAll();
    return joined(this.#output);
  }

  /** Ends what stands open, as it probably will be. */
  #closeAll(): void {
    for (const { mark, at, left } of this.#openers.reverse()) {
      let children = joined(this.#output.splice(at + 1));
      if (children.length > 0) {
        for (let rest = left; rest > 0; rest -= 2) children = [{ type: elementOf(mark, rest > 1 ? 2 : 1), children }];
      }
      this.#output.splice(at, 1, ...children);
    }
  }

  /** Takes the markup at the current place; false when it is text. */
  #markup(sign: string): boolean {
    switch (sign) {
      case '\\':
        return this.#escape();
      case '\n':
        return this.#hardBreak();
      case '`':
        return this.#code();
      case '*':
      case '_':
      case '~':
        return this.#emphasis(sign);
      case '[':
        return this.#cite() || this.#openBracket('[');
      case '!':
        return this.#source.startsWith('![', this.#at) && this.#openBracket('![');
      case ']':
        return this.#closeBracket();
      case '<':
        return this.#autolink();
      case '@':
        return this.#mail();
      default:
        return this.#bareUrl();
    }
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match) this.#at += match[0].length;
    return match;
  }

  /** Longer texts for who looks back at them; but an opener's own text stays by itself. */
  #text(source: string): void {
    const text = decodeEntities(source);
    const last = this.#output.at(-1);
    const isOpener = this.#openers.at(-1)?.at === this.#output.length - 1;
    if (last?.type === 'text' && !isOpener) last.text += text;
    else if (text !== '') this.#output.push({ type: 'text', text });
  }

  #escape(): boolean {
    const next = this.#source.charAt(this.#at + 1);
    if (next !== '\n' && !PUNCTUATION_ASCII.test(next)) return false;
    this.#output.push(next === '\n' ? { type: 'break' } : { type: 'text', text: next });
    this.#at += 2;
    return true;
  }

  #hardBreak(): boolean {
    const last = this.#output.at(-1);
    if (last?.type !== 'text' || !last.text.endsWith('  ')) return false;
    last.text = last.text.trimEnd();
    this.#output.push({ type: 'break' });
    this.#at++;
    return true;
  }

  #code(): boolean {
    const start = this.#at;
    TICKS.lastIndex = start;
    const { length } = TICKS.exec(this.#source)![0];
    let second = this.#single.has(length) ? null : TICKS.exec(this.#source);
    while (second && second[0].length !== length) second = TICKS.exec(this.#source);
    this.#at = start + length;
    if (!second && !this.#isOpen) {
      this.#single.add(length);
      this.#text(this.#source.slice(start, this.#at));
      return true;
    }
    const text = this.#source.slice(this.#at, second?.index).replaceAll('\n', ' ');
    const isPadded = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
    this.#output.push({ type: 'code', text: isPadded ? text.slice(1, -1) : text });
    this.#at = second ? second.index + length : this.#source.length;
    return true;
  }

  #emphasis(sign: string): boolean {
    const start = this.#at;
    while (this.#source.charAt(this.#at) === sign) this.#at++;
    const size = this.#at - start;
    const { opens, closes } = flanking(sign, charBefore(this.#source, start), charAfter(this.#source, this.#at));
    const isMarkup = sign === '~' ? size === 2 : size <= MAX_RUN;
    const left = isMarkup && closes ? this.#closeEmphasis(sign, size, opens) : size;
    if (isMarkup && opens && left > 0 && this.#openers.length < MAX_OPEN) {
      this.#openers.push({ mark: sign, at: this.#output.length, size: left, left, closes });
      this.#output.push({ type: 'text', text: sign.repeat(left) });
    } else this.#text(sign.repeat(left));
    return true;
  }

  /** Ends what stands open, from the inside out. Returns how many of the `size` characters are left. */
  #closeEmphasis(sign: string, size: number, opens: boolean): number {
    let left = size;
    for (let index = this.#openers.length - 1; index >= 0 && left > 0; index--) {
      const opener = this.#openers[index]!;
      // What begins before a bracket doesn't end in it: the bracket may become a link.
      if (opener.mark.endsWith('[')) break;
      if (opener.mark !== sign || isRuleOfThree(opener, size, opens)) continue;
      while (opener.left > 0 && left > 0) {
        const used = opener.left > 1 && left > 1 ? 2 : 1;
        const children = joined(this.#output.splice(opener.at + 1));
        this.#output.push({ type: elementOf(sign, used), children });
        opener.left -= used;
        left -= used;
      }
      this.#output[opener.at] = { type: 'text', text: sign.repeat(opener.left) };
      this.#openers.length = opener.left > 0 ? index + 1 : index;
    }
    return left;
  }

  #cite(): boolean {
    const match = this.#take(CITE);
    if (match) this.#output.push({ type: 'cite', number: Number(match[1]) });
    return match !== null;
  }

  #openBracket(mark: '[' | '!['): boolean {
    if (this.#at > this.#lastDestination || this.#openers.length >= MAX_OPEN) return false;
    this.#openers.push({ mark, at: this.#output.length, size: 0, left: 0, closes: false });
    this.#output.push({ type: 'text', text: mark });
    this.#at += mark.length;
    return true;
  }

  #closeBracket(): boolean {
    const index = this.#openers.findLastIndex(({ mark }) => mark.endsWith('['));
    const opener = this.#openers[index];
    if (!opener) return false;
    this.#at++;
    const destination = this.#take(DESTINATION);
    if (!destination && this.#isOpen && this.#take(HALF_DESTINATION)) {
      this.#openers.length = index;
      this.#output.splice(opener.at, 1);
      return true;
    }
    if (!destination) {
      this.#openers.splice(index, 1);
      this.#at--;
      return false;
    }
    this.#openers.length = index;
    const children = joined(this.#output.splice(opener.at).slice(1));
    const href = decodeEntities((destination[1] ?? destination[2] ?? '').replace(/\\([!-/:-@[-`{-~])/g, '$1'));
    const isLink = opener.mark === '[';
    this.#output.push({ type: isLink ? 'link' : 'image', href, children });
    // No link stands in a link.
    if (isLink) this.#openers = this.#openers.filter(({ mark }) => mark !== '[');
    return true;
  }

  #autolink(): boolean {
    const match = this.#take(AUTOLINK);
    if (!match) return false;
    const [, url, mail = ''] = match;
    this.#link(url ?? `mailto:${mail}`, url ?? mail);
    return true;
  }

  #bareUrl(): boolean {
    if (/[\p{L}\p{N}]/u.test(charBefore(this.#source, this.#at))) return false;
    const start = this.#at;
    const match = this.#take(BARE_URL);
    if (!match) return false;
    const url = withoutTrail(match[0]);
    this.#at = start + url.length;
    this.#link(/^www/i.test(url) ? `http://${url}` : url, url);
    return true;
  }

  /** The name before the `@` is in the output already. */
  #mail(): boolean {
    const last = this.#output.at(-1);
    const name = last?.type === 'text' ? MAIL_NAME.exec(last.text)?.[0] : undefined;
    const host = name === undefined ? null : this.#take(MAIL_HOST);
    if (last?.type !== 'text' || name === undefined || !host) return false;
    last.text = last.text.slice(0, -name.length);
    this.#link(`mailto:${name}${host[0]}`, name + host[0]);
    return true;
  }

  #link(href: string, text: string): void {
    this.#output.push({ type: 'link', href: decodeEntities(href), children: [{ type: 'text', text }] });
  }
}

function elementOf(mark: string, size: number): 'del' | 'strong' | 'em' {
  return mark === '~' ? 'del' : size === 2 ? 'strong' : 'em';
}

/** Whether a run of emphasis characters may open or close, by what stands around it (CommonMark 6.2). */
function flanking(sign: string, previous: string, next: string): { opens: boolean; closes: boolean } {
  const [spaceBefore, spaceAfter] = [/^\s?$/.test(previous), /^\s?$/.test(next)];
  const [markBefore, markAfter] = [/[\p{P}\p{S}]/u.test(previous), /[\p{P}\p{S}]/u.test(next)];
  const left = !spaceAfter && (!markAfter || spaceBefore || markBefore);
  const right = !spaceBefore && (!markBefore || spaceAfter || markAfter);
  if (sign !== '_') return { opens: left, closes: right };
  return { opens: left && (!right || markBefore), closes: right && (!left || markAfter) };
}

/** Rules 9 and 10 of CommonMark 6.2, for which `*a**b*` is one emphasis. */
function isRuleOfThree(opener: Opener, size: number, opens: boolean): boolean {
  if (!opener.closes && !opens) return false;
  return (opener.size + size) % 3 === 0 && !(opener.size % 3 === 0 && size % 3 === 0);
}

/** The whole character, which may be a pair of code units. */
function charBefore(text: string, at: number): string {
  return Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
}

function charAfter(text: string, at: number): string {
  return Array.from(text.slice(at, at + 2))[0] ?? '';
}

/** An address without the punctuation of the sentence around it. */
function withoutTrail(url: string): string {
  let surplus = url.split(')').length - url.split('(').length;
  let end = url.length;
  for (;;) {
    const last = url.charAt(end - 1);
    const reference = last === ';' && /&\w+;$/.exec(url.slice(Math.max(0, end - 32), end));
    if (reference) end -= reference[0].length;
    else if (/[?!.,:;*_~'"]/.test(last)) end--;
    else if (last === ')' && surplus > 0) {
      end--;
      surplus--;
    } else return url.slice(0, end);
  }
}

/** One text where several stand side by side, none where it is empty. */
function joined(inlines: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const inline of inlines) {
    const last = result.at(-1);
    if (inline.type !== 'text') result.push(inline);
    else if (last?.type === 'text') result.splice(-1, 1, { type: 'text', text: last.text + inline.text });
    else if (inline.text !== '') result.push(inline);
  }
  return result;
}
