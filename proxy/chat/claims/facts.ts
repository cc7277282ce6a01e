import { amountsIn, codesIn, figuresIn, percentagesIn } from './patterns.ts';

/** How often one amount may be taken. "Two of them are …" is arithmetic, not invention. */
const MULTIPLES = [2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
/** Bounds of what is remembered; a turn's tools return a few hundred figures at the most. */
const MAX_FACTS = 5_000;
const MAX_MENTIONED = 8;
const MAX_DEPTH = 12;
/** Ids, ratings and counts are numbers too, and nobody's price. */
const MONEY_KEY = /price|amount|total|cost|fee|saving|shipping|_min$|_max$/i;

/** Figures that an answer may state: those of this turn's tools, of the shop's own texts, and of the shopper. */
export class Facts {
  /** In hundredths: no currency that a shopper reads prices in needs finer comparing. */
  readonly #amounts = new Set<number>();
  readonly #percentages = new Set<number>();
  readonly #codes = new Set<string>();
  /** Amounts that the answer has stated already, which it may add up. */
  readonly #mentioned: number[] = [];
  /** Known as well, and shared with other turns. */
  readonly #base: Facts | undefined;

  constructor(base?: Facts) {
    this.#base = base;
  }

  /** Takes in whatever a tool returned: figures whose key says money, and texts with amounts, percentages and codes. */
  learn(value: unknown, depth = 0): void {
    if (depth > MAX_DEPTH || this.#amounts.size > MAX_FACTS) return;
    if (typeof value === 'string') this.learnText(value);
    else if (Array.isArray(value)) for (const item of value) this.learn(item, depth + 1);
    else if (typeof value === 'object' && value !== null) {
      this.#learnSaving(value);
      for (const [key, item] of Object.entries(value)) {
        if (MONEY_KEY.test(key) && Number(item) >= 0 && typeof item !== 'object') this.#addAmount(Number(item));
        this.learn(item, depth + 1);
      }
    }
  }

  learnText(text: string): void {
    for (const amount of amountsIn(text)) for (const reading of amount) this.#addAmount(reading);
    for (const readings of percentagesIn(text)) for (const reading of readings) this.#addPercentage(reading);
    for (const code of codesIn(text)) if (this.#codes.size < MAX_FACTS) this.#codes.add(code);
  }

  /** What the shopper said: whoever asks for something under 100 may hear "up to 100 ₪" without having named a currency. */
  learnFigures(text: string): void {
    this.learnText(text);
    for (const readings of figuresIn(text)) for (const reading of readings) this.#addAmount(reading);
  }

  /** @param readings what the written figure may mean: 1.234 is a thousand or a little over one */
  hasAmount(readings: readonly number[]): boolean {
    const known = readings.find((reading) => this.#knows(toHundredths(reading)));
    if (known === undefined) return false;
    const cents = toHundredths(known);
    if (this.#mentioned.length < MAX_MENTIONED && !this.#mentioned.includes(cents)) this.#mentioned.push(cents);
    return true;
  }

  hasPercentage(readings: readonly number[]): boolean {
    return readings.some((one) => this.#percentages.has(one)) || (this.#base?.hasPercentage(readings) ?? false);
  }

  hasCode(code: string): boolean {
    return this.#codes.has(code.toUpperCase()) || (this.#base?.hasCode(code) ?? false);
  }

  #knows(cents: number): boolean {
    if (this.#amounts.has(cents) || (this.#base !== undefined && this.#base.#amounts.has(cents))) return true;
    if (this.#mentioned.some((amount) => MULTIPLES.some((times) => amount * times === cents))) return true;
    return cents > 0 && this.#isSum(cents, this.#mentioned.length);
  }

  /** Whether some of the first `count` mentioned amounts add up to it. Eight amounts are 256 sums. */
  #isSum(cents: number, count: number): boolean {
    if (cents === 0) return true;
    if (cents < 0 || count === 0) return false;
    return this.#isSum(cents - this.#mentioned[count - 1]!, count - 1) || this.#isSum(cents, count - 1);
  }

  #addAmount(amount: number): void {
    if (!Number.isFinite(amount) || amount < 0 || this.#amounts.size > MAX_FACTS) return;
    this.#amounts.add(toHundredths(amount));
    // Spoken prices are rounded: "about 150".
    this.#amounts.add(Math.round(amount) * 100);
    this.#amounts.add(Math.floor(amount) * 100);
  }

  /** What a reduced product saves, as an amount and in per cent. */
  #learnSaving(value: object): void {
    const { price, regular_price: before } = value as { price?: unknown; regular_price?: unknown };
    const now = Number(price);
    const then = Number(before);
    if (typeof price === 'object' || !(now >= 0) || !(then > now)) return;
    this.#addAmount(then - now);
    const share = ((then - now) / then) * 100;
    for (const rounded of [Math.floor(share), Math.round(share), Math.ceil(share), Math.round(share * 10) / 10])
      this.#addPercentage(rounded);
  }

  #addPercentage(share: number): void {
    if (this.#percentages.size < MAX_FACTS) this.#percentages.add(share);
  }
}

function toHundredths(amount: number): number {
  return Math.round(amount * 100);
}
