/**
 * What the desk says of a shop: field by field, over what its file or the environment says. A field is a path in the form of
 * docs/shops.md, such as `prompt`, `theme.accent` or `limits.visitor.tokens_per_day`, and is kept as a whole: of `greeting`
 * all languages.
 */

/** Field → its value. Null leaves out what the file says; of a field under `limits.` it is no limit. What isn't named is the file's. */
export type SettingsChanges = Record<string, unknown>;

/** `GET /api/admin/settings?shop=` */
export interface SettingsState {
  shop: string;
  /** Where the rest stands: `shops/acme.json`, `the environment`. */
  file: string;
  /** The version that is served; null while nothing was ever published: the file alone. */
  published: SettingsVersion | null;
  draft: SettingsDraft | null;
  /** Every field there is, in the order in which they are best shown. */
  fields: SettingsField[];
  /** What was published and isn't served, because it doesn't go with what the file says by now. */
  problems: SettingsProblem[];
  /** Worth a look, and no error: colours that can't be read, a prompt that leaves no room. */
  warnings: string[];
  /** Models that the operator lets the desk choose from. */
  models: string[];
  /** Tools there are. */
  tools: string[];
}

export interface SettingsField {
  field: string;
  /** As it is served now; null where it is left out. */
  value: unknown;
  /** What the file says; left out where it says nothing. */
  file?: unknown;
  /** What was published here; left out where nothing was. Where both are there and differ, this one is served. */
  desk?: unknown;
  /** What the draft says; left out where it says nothing or there is no draft. */
  draft?: unknown;
  /** The file says something else now than when this was published here: somebody edited it, and this still covers it. */
  file_changed: boolean;
  /** Whether whoever asks may change it: some are the operator's. */
  editable: boolean;
  /** The most that the operator allows, of a number under `limits.`; null is no limit. Left out of all others. */
  most?: number | null;
}

export interface SettingsDraft {
  changes: SettingsChanges;
  /** Grows with every change of it; send it along to publish, so that nothing is published that you haven't seen. */
  revision: number;
  /** The version that was served when it was begun; 0 is the file alone. Another one is served by now? Somebody published. */
  based_on: number;
  by: string;
  at: string;
}

export interface SettingsVersion {
  /** 1, 2, 3 … of this shop. */
  version: number;
  at: string;
  /** As in the audit log. */
  by: string;
  note: string;
  /** The version that this one brought back; null where it is none. 0 is the file alone. */
  undo_of: number | null;
  /** Against the version before. */
  diff: SettingsDifference[];
}

/** `before` or `after` left out: what the file says. */
export interface SettingsDifference {
  field: string;
  before?: unknown;
  after?: unknown;
}

/** `GET /api/admin/settings/versions?shop=&cursor=&limit=`, newest first. */
export interface SettingsVersions {
  versions: SettingsVersion[];
  next_cursor: string | null;
}

/** `GET /api/admin/settings/versions/:version?shop=` */
export interface SettingsVersionWhole extends SettingsVersion {
  changes: SettingsChanges;
  /** What is served now → this one: what undoing to it would do. */
  against_now: SettingsDifference[];
}

/** `PUT /api/admin/settings/draft?shop=` → 200 `SettingsDraftAnswer`, or 422 `SettingsRefused`, and then nothing is kept. */
export interface SettingsDraftRequest {
  changes: SettingsChanges;
}

export interface SettingsDraftAnswer {
  draft: SettingsDraft;
  warnings: string[];
}

/** One thing that is wrong. `field` is the path to it: `theme.accent`, `greeting.he`, `knowledge.2.text`. */
export interface SettingsProblem {
  field: string;
  message: string;
}

export interface SettingsRefused {
  error: { code: 'invalid_request'; message: string; retryable: false };
  problems: SettingsProblem[];
}

/**
 * `POST /api/admin/settings/publish?shop=` → 200 `SettingsVersion`; 409 `SettingsConflict` when the draft or what is served is
 * another one by now; 422 `SettingsRefused`.
 */
export interface SettingsPublishRequest {
  /** Of the draft. */
  revision: number;
  /** The version that is served, as you know it; 0 is the file alone. */
  over: number;
  /** What for; 200 characters at most. */
  note?: string;
}

/** `POST /api/admin/settings/undo?shop=`: publishes what `version` said, as a new one. Answers like publish. */
export interface SettingsUndoRequest {
  /** 0 is the file alone. */
  version: number;
  over: number;
}

export interface SettingsConflict {
  error: { code: 'invalid_request'; message: string; retryable: false };
  /** What is there now; null: no draft. */
  revision: number | null;
  version: number;
}

/**
 * `POST /api/admin/settings/preview?shop=`: for the page that shows the widget with the draft, or with what is served where
 * there is none. The token goes as `preview` into
 * `POST /api/session`, or as `?preview=` to `GET /api/shops/:slug`, from a page of the proxy's own. It ends with its draft and with the
 * login that asked for it; what is said in it is in no figure.
 */
export interface SettingsPreview {
  token: string;
  expires_at: string;
  /** Of the page for the frame, with the token in its fragment. */
  path: string;
}
