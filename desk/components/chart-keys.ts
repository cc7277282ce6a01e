const PAGE = 7;

/** Where a key leads from one slot of a chart; null where it is none of ours. @param last index of the last slot */
export function stepOf(key: string, at: number, last: number): number | null {
  const next = new Map([
    ['ArrowRight', at + 1],
    ['ArrowUp', at + 1],
    ['ArrowLeft', at - 1],
    ['ArrowDown', at - 1],
    ['PageUp', at + PAGE],
    ['PageDown', at - PAGE],
    ['Home', 0],
    ['End', last],
  ]).get(key);
  return next === undefined ? null : Math.max(0, Math.min(last, next));
}
