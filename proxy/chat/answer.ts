import type { ProductsEvent } from '../protocol/index.ts';
import type { StoredPart } from '../storage/types.ts';

/** The answer so far, as it will be stored. */
export class Answer {
  readonly parts: StoredPart[] = [];

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Begins again. */
  clear(): void {
    this.parts.length = 0;
  }

  addText(content: string): void {
    const last = this.parts.at(-1);
    if (last?.type === 'text') last.content += content;
    else this.parts.push({ type: 'text', content });
  }

  addProducts({ data, title, why }: ProductsEvent): void {
    this.parts.push({
      type: 'products',
      ids: data.map((product) => product.id),
      ...(title !== undefined && { title }),
      ...(why !== undefined && { why }),
    });
  }

  /** What has to come between the text so far and the next paragraph. */
  paragraphBreak(): string {
    const last = this.parts.at(-1);
    return last?.type !== 'text' || last.content.endsWith('\n\n') ? '' : '\n\n';
  }
}
