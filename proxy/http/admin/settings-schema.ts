import { z } from '@hono/zod-openapi';
import type {
  SettingsConflict,
  SettingsDraft,
  SettingsDraftAnswer,
  SettingsPreview,
  SettingsRefused,
  SettingsState,
  SettingsVersion,
  SettingsVersions,
  SettingsVersionWhole,
} from '../../protocol/admin/index.ts';
import { exactly } from '../openapi/exactly.ts';
import { time } from './routes.ts';

/** Longer ones are no field's; what a field may hold, the shop's own schema says (docs/shops.md). */
const MAX_FIELD = 100;
const MAX_FIELDS = 200;

export const changes = z
  .record(z.string().min(1).max(MAX_FIELD), z.unknown())
  .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, 'names too many fields')
  .openapi('SettingsChanges', {
    type: 'object',
    additionalProperties: {},
    description:
      'Field → value, as `prompt` or `theme.accent`. Null leaves out what the file says; of a limit it is none.',
  });

export const versionNumber = z.int().min(0).max(1e9);

const problem = z.object({ field: z.string(), message: z.string() });
const difference = z.object({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() });
const version = z.object({
  version: versionNumber,
  at: time,
  by: z.string(),
  note: z.string(),
  undo_of: versionNumber.nullable(),
  diff: z.array(difference),
});

export const settingsVersion = exactly<SettingsVersion>()(version.openapi('SettingsVersion'));
export const settingsVersions = exactly<SettingsVersions>()(
  z.object({ versions: z.array(settingsVersion), next_cursor: z.string().nullable() }).openapi('SettingsVersions'),
);
export const settingsVersionWhole = exactly<SettingsVersionWhole>()(
  version.extend({ changes, against_now: z.array(difference) }).openapi('SettingsVersionWhole'),
);

const draft = exactly<SettingsDraft>()(
  z
    .object({ changes, revision: z.int().min(1), based_on: versionNumber, by: z.string(), at: time })
    .openapi('SettingsDraft'),
);
export const settingsDraftAnswer = exactly<SettingsDraftAnswer>()(
  z.object({ draft, warnings: z.array(z.string()) }).openapi('SettingsDraftAnswer'),
);

const field = z.object({
  field: z.string(),
  value: z.unknown(),
  file: z.unknown().optional(),
  desk: z.unknown().optional(),
  draft: z.unknown().optional(),
  file_changed: z.boolean(),
  editable: z.boolean(),
  most: z.number().nullable().exactOptional(),
});
export const settingsState = exactly<SettingsState>()(
  z
    .object({
      shop: z.string(),
      file: z.string(),
      published: settingsVersion.nullable(),
      draft: draft.nullable(),
      fields: z.array(field),
      problems: z.array(problem),
      warnings: z.array(z.string()),
      models: z.array(z.string()),
      tools: z.array(z.string()),
    })
    .openapi('SettingsState'),
);

const refusal = z.object({ code: z.literal('invalid_request'), message: z.string(), retryable: z.literal(false) });
export const settingsRefused = exactly<SettingsRefused>()(
  z.object({ error: refusal, problems: z.array(problem) }).openapi('SettingsRefused'),
);
export const settingsConflict = exactly<SettingsConflict>()(
  z.object({ error: refusal, revision: z.int().nullable(), version: versionNumber }).openapi('SettingsConflict'),
);

export const settingsPreview = exactly<SettingsPreview>()(
  z.object({ token: z.string(), expires_at: time, path: z.string() }).openapi('SettingsPreview'),
);
