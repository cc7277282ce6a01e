import { isDeepStrictEqual } from 'node:util';
import type { SettingsDifference } from '../protocol/admin/index.ts';
import type { DeskChanges } from '../shops/types.ts';

/** What was changed from one to the other, by field. */
export function differences(before: DeskChanges, after: DeskChanges): SettingsDifference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return fields.flatMap((field) => {
    const [was, is] = [before[field], after[field]];
    if (isDeepStrictEqual(was, is)) return [];
    return [{ field, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
  });
}
