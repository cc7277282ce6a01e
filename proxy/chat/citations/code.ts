/** A fence begins a line, after three blanks at the most. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const MAX_LINE = 40;

/**
 * Tells whether the end of a Markdown text, read as it comes, stands in code. A run of backticks that nothing closes ends
 * with its paragraph.
 */
export class CodeState {
  /** The beginning of the line, enough to know a fence by. */
  #line = '';
  #fence = '';
  /** Backticks that opened a span. */
  #span = 0;
  /** Backticks up to here. */
  #run = 0;

  get inCode(): boolean {
    // A run that may still grow has opened or closed something already.
    return this.#fence !== '' || (this.#run > 0 && this.#run !== this.#span) || (this.#run === 0 && this.#span > 0);
  }

  read(text: string): void {
    for (const char of text) {
      if (char === '`') this.#run++;
      else this.#endRun();
      if (char === '\n') this.#endLine();
      else if (this.#line.length < MAX_LINE) this.#line += char;
    }
  }

  #endRun(): void {
    if (this.#run === 0) return;
    if (this.#fence === '' && !FENCE.test(this.#line)) {
      if (this.#span === 0) this.#span = this.#run;
      else if (this.#span === this.#run) this.#span = 0;
    }
    this.#run = 0;
  }

  #endLine(): void {
    const marks = FENCE.exec(this.#line)?.[1];
    if (this.#fence === '') {
      if (marks !== undefined) this.#fence = marks;
    } else if (marks?.startsWith(this.#fence) && this.#line.trim() === marks) {
      this.#fence = '';
    }
    if (marks !== undefined || this.#line.trim() === '') this.#span = 0;
    this.#line = '';
  }
}
