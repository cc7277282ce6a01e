import type { ChatEvent } from '../protocol/index.ts';
import type { StoredPart } from '../storage/types.ts';

/** The answer so far, as it will be stored. */
export class Answer {
  readonly parts: StoredPart[] = [];

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Takes what the shopper sees of an event; the other kinds change nothing. */
  add(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.#addText(event.content);
        break;
      case 'products': {
        const { data, ...heading } = event;
        this.parts.push({ ...heading, ids: data.map((product) => product.id) });
        break;
      }
      case 'notice':
        this.parts.push({ type: 'notice', code: event.code });
        break;
      case 'reset':
        this.parts.length = 0;
        break;
    }
  }

  /** All its text. */
  get text(): string {
    return this.parts.map((part) => (part.type === 'text' ? part.content : '')).join('');
  }

  /** What has to come between the text so far and the next paragraph. */
  paragraphBreak(): string {
    const last = this.parts.at(-1);
    return last?.type !== 'text' || last.content.endsWith('\n\n') ? '' : '\n\n';
  }

  #addText(content: string): void {
    const last = this.parts.at(-1);
    if (last?.type === 'text') last.content += content;
    else this.parts.push({ type: 'text', content });
  }
}
