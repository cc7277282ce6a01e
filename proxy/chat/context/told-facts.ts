/** Products whose facts are remembered; a turn that names more tells them again. */
const MAX_PRODUCTS = 200;

/**
 * What this turn has told the model of each product: of one that comes again only what is new, or has changed, is told
 * again. `{"facts_as_above": 12}` is product 12 exactly as it was, so long as that still stands above.
 */
export class ToldFacts {
  readonly #told = new Map<number, Map<string, string>>();

  /** An output with what was told before left out of it. Its other values are as they are. */
  brief(output: unknown): unknown {
    if (Array.isArray(output)) return output.map((item) => this.brief(item));
    if (typeof output !== 'object' || output === null) return output;
    if (isProduct(output)) return this.#briefly(output);
    return Object.fromEntries(Object.entries(output).map(([key, value]) => [key, this.brief(value)]));
  }

  /** What was told stands there no more, or in fewer words. */
  forget(): void {
    this.#told.clear();
  }

  #briefly(product: { id: number }): object {
    const { id, ...facts } = product;
    const told = this.#told.get(id);
    const known = told ?? new Map<string, string>();
    const news = Object.entries(facts).filter(([key, value]) => {
      const json = JSON.stringify(value);
      const isNew = known.get(key) !== json;
      if (isNew) known.set(key, json);
      return isNew;
    });
    if (!told) {
      if (this.#told.size < MAX_PRODUCTS) this.#told.set(id, known);
      return product;
    }
    return { facts_as_above: id, ...Object.fromEntries(news) };
  }
}

/** As product-facts.ts tells of one. */
function isProduct(value: object): value is { id: number } {
  return 'id' in value && typeof value.id === 'number' && 'title' in value;
}
