import type { GapKind } from '../proxy/protocol/admin/index.ts';

/** What may be missing, in an owner's words. */
export const GAP_NAMES: Record<GapKind, string> = {
  unanswered: 'Unanswered',
  not_sold: 'Not sold',
  no_result: 'Nothing found',
  claims: 'Claims taken out',
};
