import type { AuditRow, DeskStorage } from '../storage/types.ts';
import type { Audit, AuditedChange, Change, DeskUser } from './types.ts';

/** Of one entry, as JSON. A prompt is longer than most, and its beginning says which it was. */
const MAX_STATE = 16_000;

/** Who changed what. It has no verb to change or delete an entry. */
export function createAudit({ storage, now }: { storage: DeskStorage; now: () => number }): Audit {
  return {
    async note(who, { action, shop, subject, before, after }: Change) {
      const row = { action, shop: shop ?? null, subject: subject?.slice(0, 300) ?? null };
      await storage.addAudit({ ...row, at: now(), who, before: stateOf(before), after: stateOf(after) });
    },
    async page(user: DeskUser, { shop, before, limit }) {
      const query = { shops: user.shops, who: user.who, ...(shop && { shop }), ...(before && { before }) };
      const rows = await storage.audit({ ...query, limit: limit + 1 });
      const entries = rows.slice(0, limit);
      return { entries: entries.map(entryOf), next: rows.length > limit ? entries.at(-1)!.id : null };
    },
  };
}

function stateOf(state: unknown): string | null {
  if (state === undefined || state === null) return null;
  const json = JSON.stringify(state);
  return json.length <= MAX_STATE ? json : JSON.stringify(`${json.slice(0, MAX_STATE)}…`);
}

function entryOf({ before, after, ...rest }: AuditRow): AuditedChange {
  return { ...rest, before: parsed(before), after: parsed(after) };
}

function parsed(json: string | null): unknown {
  return json === null ? null : (JSON.parse(json) as unknown);
}
