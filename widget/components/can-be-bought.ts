import type { Availability } from '../../proxy/protocol/index.ts';

const NEVER: ReadonlySet<Availability> = new Set(['out_of_stock', 'discontinued']);

export function canBeBought({ availability }: { availability: Availability }): boolean {
  return !NEVER.has(availability);
}
