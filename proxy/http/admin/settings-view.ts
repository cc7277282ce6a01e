import { isDeepStrictEqual } from 'node:util';
import type { SettingsNow } from '../../admin/settings.ts';
import type { SettingsState } from '../../protocol/admin/index.ts';

/** @param kind who looks: an owner may change less */
export function settingsToWire(
  { bench, published, draft, fields, problems }: SettingsNow,
  kind: 'operator' | 'owner',
): Pick<SettingsState, 'fields' | 'problems' | 'models' | 'tools'> {
  const desk = published?.changes ?? {};
  return {
    fields: fields.map(({ field, value, file, editable, most }) => {
      const isHere = Object.hasOwn(desk, field);
      const inDraft = draft && Object.hasOwn(draft.changes, field);
      return {
        field,
        value,
        ...(file !== undefined && { file }),
        ...(isHere && { desk: desk[field] }),
        ...(inDraft && { draft: draft.changes[field] }),
        file_changed: isHere && !isDeepStrictEqual(file, published?.file[field]),
        editable: editable || kind === 'operator',
        ...(most !== undefined && { most }),
      };
    }),
    problems,
    models: [...bench.models],
    tools: [...bench.tools],
  };
}
