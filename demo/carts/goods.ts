/** What the carts of the demo stores sell. */
export interface Good {
  /** The variant's number; that of the product where there is but one. */
  id: number;
  productId: number;
  title: string;
  /** `value: null` is left open: the shopper says it with the order. */
  options: { name: string; value: string | null }[];
  /** In the smallest unit. */
  price: number;
  /** Before the sale. */
  listPrice: number;
  currency: string;
  /** Path of its page. */
  url: string;
  image: string;
  /** Pieces there are; null where nobody counts. */
  stock: number | null;
  purchasable: boolean;
  soldIndividually: boolean;
}

export interface Goods {
  /** A variant, or a product that has no options. */
  find(id: number): Good | undefined;
  /** All variants of a product. */
  variantsOf(productId: number): readonly Good[];
}

/** One cart for each session; of very many the oldest are forgotten. */
export class Sessions<T> {
  readonly #carts = new Map<string, T>();
  readonly #most = 1_000;

  get(name: string | undefined): T | undefined {
    return name === undefined ? undefined : this.#carts.get(name);
  }

  set(name: string, cart: T): void {
    this.#carts.delete(name);
    this.#carts.set(name, cart);
    for (const oldest of this.#carts.keys()) {
      if (this.#carts.size <= this.#most) break;
      this.#carts.delete(oldest);
    }
  }
}

/** Of the request's cookies the first whose name begins so. */
export function cookieOf(request: Request, prefix: string): string | undefined {
  const cookies = (request.headers.get('cookie') ?? '').split('; ');
  const found = cookies.find((cookie) => cookie.startsWith(prefix));
  return found?.slice(found.indexOf('=') + 1);
}

/** The request's JSON; an empty object for anything else. */
export async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.json().catch(() => null);
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
