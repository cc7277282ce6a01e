/**
 * A cart that the shop's server keeps. `read` and `change` resolve to its lines, `{ id, key, quantity }`; changes are made one
 * after the other.
 */
export function createServerCart(known, { read, change }) {
  const listeners = new Set();
  let kept = [];
  let last = Promise.resolve();

  async function follow(before, act) {
    await before;
    try {
      const lines = await act();
      kept = lines.filter(({ id }) => known.has(id));
      for (const listener of listeners) listener();
    } catch (error) {
      console.error('The cart could not be reached.', error);
    }
  }

  function next(act) {
    last = follow(last, act);
  }
  next(read);

  const lineOf = (id) => kept.find((line) => line.id === id);
  return {
    lines: () => kept.map(({ id, quantity }) => ({ ...known.get(id), quantity })),
    count: () => kept.reduce((sum, { quantity }) => sum + quantity, 0),
    quantity: (id) => lineOf(id)?.quantity ?? 0,
    set: (id, quantity) => next(() => change(id, quantity, lineOf(id))),
    onChange: (listener) => listeners.add(listener),
    refresh: () => next(read),
  };
}
