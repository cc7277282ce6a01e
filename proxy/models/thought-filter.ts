/** `<think>` and its like, open or closed. */
const TAG = /<(\/?)(?:think|thinking|thought|reasoning)>/i;
/** No tag is longer. */
const LONGEST = '</reasoning>'.length;

/**
 * Keeps back what a model thinks aloud between `<think>` and `</think>`: open models do, where their server doesn't sort it
 * out. Tags may come in pieces, so up to a tag's length of text behind a `<` waits for what follows.
 */
export class ThoughtFilter {
  /** What was kept back. */
  thought = '';
  #held = '';
  #inside: boolean;
  /** The template of some models opens the tag in the prompt, so only its end is seen. */
  #unproven: boolean;
  #spoken = false;

  /** @param startsInside the answer begins with a thought, without a tag that says so */
  constructor(startsInside: boolean) {
    this.#inside = startsInside;
    this.#unproven = startsInside;
  }

  /** @returns the part that a shopper may read now */
  push(text: string): string {
    if (this.#spoken && !this.#inside && this.#held === '' && !text.includes('<')) return text;
    let rest = this.#held + text;
    let seen = '';
    for (let tag = TAG.exec(rest); tag; tag = TAG.exec(rest)) {
      seen += this.#sort(rest.slice(0, tag.index));
      this.#inside = tag[1] === '';
      this.#unproven = false;
      rest = rest.slice(tag.index + tag[0].length);
    }
    const open = rest.lastIndexOf('<');
    const waits = open !== -1 && rest.length - open < LONGEST && !rest.includes('>', open);
    this.#held = waits ? rest.slice(open) : '';
    return seen + this.#sort(waits ? rest.slice(0, open) : rest);
  }

  /** What still waited, at the end. A thought that never ended and was never announced was the answer. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    if (!this.#unproven) return this.#sort(rest);
    const all = this.thought + rest;
    this.thought = '';
    return all;
  }

  #sort(text: string): string {
    if (this.#inside) {
      this.thought += text;
      return '';
    }
    // The line breaks between a thought and the answer are no part of it.
    const seen = this.#spoken ? text : text.trimStart();
    if (seen !== '') this.#spoken = true;
    return seen;
  }
}
