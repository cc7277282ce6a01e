/** What was published of a shop at the desk. */
export interface PublishedSettings {
  /** From 1 on. */
  version: number;
  at: number;
  who: string;
  note: string;
  /** The version that it brought back; 0 is the file alone. */
  undoOf: number | null;
  /** Field → value. */
  changes: Record<string, unknown>;
  /** What the file said of these fields then; those it said nothing of are left out. */
  file: Record<string, unknown>;
}

export interface DraftSettings {
  /** `drf_…`: another one for each draft that is begun. */
  id: string;
  /** Grows with every change, and from draft to draft. */
  revision: number;
  /** The version that was served when it was begun. */
  basedOn: number;
  changes: Record<string, unknown>;
  who: string;
  at: number;
}

export interface ShopSettingsStorage {
  /** The newest version of each shop. */
  allPublished(): Promise<Map<string, PublishedSettings>>;
  /** The newest, or the one asked for. */
  published(shop: string, version?: number): Promise<PublishedSettings | undefined>;
  /** Newest first: those before `before`. */
  settingsVersions(shop: string, query: { before?: number; limit: number }): Promise<PublishedSettings[]>;
  /**
   * Publishes over version `over`, and ends the draft of this revision; of many versions the oldest are forgotten.
   * @returns undefined when another version is the newest, or the draft is another one by now
   */
  publishSettings(
    shop: string,
    settings: Omit<PublishedSettings, 'version'>,
    conditions: { over: number; revision?: number },
  ): Promise<PublishedSettings | undefined>;
  draft(shop: string): Promise<DraftSettings | undefined>;
  /** Changes the draft that is there, or begins one under `id`. */
  keepDraft(shop: string, draft: Omit<DraftSettings, 'revision'>): Promise<DraftSettings>;
  /** @returns false when there is none */
  dropDraft(shop: string): Promise<boolean>;
}
