import type { GapKind } from '../proxy/protocol/admin/index.ts';

/** What may be missing, in an owner's words. */
export const GAP_NAMES: Record<GapKind, string> = {
  unanswered: 'Unanswered',
  not_sold: 'Not sold',
  no_result: 'Nothing found',
  claims: 'Claims taken out',
};

/** As the log of changes names a gap: `not_sold: grand piano`. */
export function inWords(subject: string): string {
  const [kind = ''] = subject.split(': ', 1);
  return Object.hasOwn(GAP_NAMES, kind) ? `${GAP_NAMES[kind as GapKind]}${subject.slice(kind.length)}` : subject;
}
