import type { ChatEvent, Product } from '../protocol/index.ts';
import type { ShownProduct, StoredPart } from '../storage/types.ts';

/** The answer so far, as it will be stored. */
export class Answer {
  readonly parts: StoredPart[] = [];
  /** When something of it was first to be seen; null while nothing is. */
  firstAt: number | null = null;
  readonly #now: () => number;

  constructor({ now = Date.now }: { now?: () => number } = {}) {
    this.#now = now;
  }

  get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Takes what the shopper sees of an event; the other kinds change nothing. */
  add(event: ChatEvent): void {
    this.#take(event);
    if (this.firstAt === null && this.parts.length > 0) this.firstAt = this.#now();
  }

  #take(event: ChatEvent): void {
    switch (event.type) {
      case 'text':
        this.#addText(event.content);
        break;
      case 'products': {
        const { data, gone: _, ...heading } = event;
        this.parts.push({ ...heading, ids: data.map(({ id }) => id), shown: data.map(shownOf) });
        break;
      }
      case 'citations': {
        const [first] = this.parts;
        if (first?.type === 'citations') first.citations.push(...event.data);
        else this.parts.unshift({ type: 'citations', citations: [...event.data] });
        break;
      }
      case 'comparison': {
        const { data, gone: _, ...table } = event;
        this.parts.push({ ...table, ids: data.map(({ id }) => id), shown: data.map(shownOf) });
        break;
      }
      case 'cart':
        this.parts.push({
          type: 'cart',
          callId: event.call_id,
          added: event.name === 'add_to_cart' ? additionOf(event.arguments) : null,
          outcome: event.outcome,
        });
        break;
      case 'notice':
        if (event.code !== 'busy') this.parts.push({ type: 'notice', code: event.code });
        break;
      case 'suggestions':
        this.parts.push({ type: 'suggestions', questions: event.data });
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

/** Enough to tell on another day what has changed. */
function shownOf({ id, title, price, availability }: Product): ShownProduct {
  return { id, title, price, availability };
}

function additionOf({ product, variant_id, quantity }: { product: Product; variant_id: string; quantity: number }) {
  return { productId: product.id, variantId: variant_id, quantity, shown: shownOf(product), url: product.url };
}
