import type { Place } from './types.ts';

export interface Seat {
  key: string;
  /** Places that this key has; null is no limit. */
  max: number | null;
}

export interface Places {
  /** Takes a place under every key or none. @returns the first key that has none left */
  take<S extends Seat>(seats: readonly S[]): { place: Place } | { full: S };
  /** Takes them in any case. */
  force(seats: readonly Seat[]): Place;
}

/**
 * Counts how many are there at once. A key is kept only while somebody sits on it, so there are never more keys than
 * places taken, which the turns and connections of the process bound.
 */
export function createPlaces(): Places {
  const taken = new Map<string, number>();

  function force(seats: readonly Seat[]): Place {
    const keys = seats.map(({ key }) => key);
    for (const key of keys) taken.set(key, (taken.get(key) ?? 0) + 1);
    let released = false;
    return {
      release() {
        if (released) return;
        released = true;
        for (const key of keys) {
          const left = taken.get(key)! - 1;
          if (left > 0) taken.set(key, left);
          else taken.delete(key);
        }
      },
    };
  }

  return {
    take(seats) {
      const full = seats.find(({ key, max }) => max !== null && (taken.get(key) ?? 0) >= max);
      return full ? { full } : { place: force(seats) };
    },
    force,
  };
}
