import type { LitElement } from 'lit';
import type {
  SettingsChanges,
  SettingsConflict,
  SettingsDraftAnswer,
  SettingsField,
  SettingsProblem,
  SettingsRefused,
  SettingsState,
  SettingsVersion,
} from '../../proxy/protocol/admin/index.ts';
import { DeskError, wordsOf, type Api } from '../api.ts';

/** Typing pauses so long before the draft is kept. */
const PAUSE_MS = 450;

export type KeepState = 'kept' | 'typing' | 'keeping' | 'refused' | 'failed';

/**
 * What the owner is about to change: kept at the proxy as they type, served to nobody but the preview and the playground until
 * it is published.
 */
export class Draft {
  readonly state: SettingsState;
  /** All that the desk says, over the file. */
  changes: SettingsChanges;
  keep: KeepState = 'kept';
  problems: readonly SettingsProblem[] = [];
  warnings: readonly string[];
  /** What went wrong that is no field's. */
  trouble = '';
  /** Counts what the proxy has kept: the preview looks anew at each. */
  kept = 0;
  /** What stands in a field as typed, where that isn't what it means: "12." */
  readonly raw = new Map<string, string>();
  #revision: number | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #keeping: Promise<void> = Promise.resolve();
  readonly #fields: ReadonlyMap<string, SettingsField>;
  readonly #api: Api;
  readonly #host: LitElement;

  constructor(host: LitElement, api: Api, state: SettingsState) {
    this.#host = host;
    this.#api = api;
    this.state = state;
    this.#fields = new Map(state.fields.map((field) => [field.field, field]));
    this.changes = { ...(state.draft?.changes ?? this.published) };
    this.#revision = state.draft?.revision ?? null;
    this.warnings = state.warnings;
  }

  /** What is served of the desk's. */
  get published(): SettingsChanges {
    return Object.fromEntries(
      this.state.fields.flatMap((field) => ('desk' in field ? [[field.field, field.desk]] : [])),
    );
  }

  get exists(): boolean {
    return this.#revision !== null;
  }

  /** Something that the proxy doesn't have. */
  get unsaved(): boolean {
    return this.keep !== 'kept';
  }

  fieldOf(name: string): SettingsField | undefined {
    return this.#fields.get(name);
  }

  valueOf(name: string): unknown {
    const field = this.#fields.get(name);
    if (Object.hasOwn(this.changes, name)) return this.changes[name];
    return field && 'desk' in field ? (field.file ?? null) : field?.value;
  }

  isOurs(name: string): boolean {
    return Object.hasOwn(this.changes, name);
  }

  /** Paths of the fields that publishing would change. */
  get changed(): string[] {
    const { published, changes } = this;
    const names = new Set([...Object.keys(published), ...Object.keys(changes)]);
    return [...names].filter((name) => !same(published[name], changes[name]) || name in published !== name in changes);
  }

  problemsOf(name: string): readonly SettingsProblem[] {
    return this.problems.filter(({ field }) => field === name || field.startsWith(`${name}.`));
  }

  set(name: string, value: unknown): void {
    const file = this.#fields.get(name)?.file;
    const isFiles = same(value, file) || (value === null && file === undefined && !name.startsWith('limits.'));
    if (isFiles) delete this.changes[name];
    else this.changes[name] = value;
    this.#touch();
  }

  /** As the file has it. */
  reset(name: string): void {
    delete this.changes[name];
    for (const key of this.raw.keys()) if (key === name || key.startsWith(`${name} `)) this.raw.delete(key);
    this.#touch();
  }

  #touch(): void {
    this.keep = 'typing';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), PAUSE_MS);
    this.#host.requestUpdate();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Resolves when the proxy has answered to all that was typed so far. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    // One after the other: what was typed last is what stays.
    this.#keeping = this.#keeping.then(() =>
      this.keep === 'typing' || this.keep === 'failed' ? this.#put() : undefined,
    );
    return this.#keeping;
  }

  async #put(): Promise<void> {
    this.keep = 'keeping';
    this.trouble = '';
    this.#host.requestUpdate();
    try {
      const query = { shop: this.state.shop };
      const body = { changes: this.changes };
      const answer = await this.#api.ask<SettingsDraftAnswer>('/settings/draft', { method: 'PUT', query, body });
      this.#revision = answer.draft.revision;
      this.warnings = answer.warnings;
      this.problems = [];
      this.kept += 1;
      this.#settle('kept');
    } catch (error) {
      const refused = problemsIn(error);
      if (refused) this.problems = refused;
      else this.trouble = wordsOf(error);
      this.#settle(refused ? 'refused' : 'failed');
    }
  }

  /** Unless more was typed meanwhile. */
  #settle(state: KeepState): void {
    if (this.keep === 'keeping') this.keep = state;
    this.#host.requestUpdate();
  }

  /** @throws DeskError with words for the owner, also where somebody else was faster */
  async publish(note: string): Promise<SettingsVersion> {
    await this.flush();
    if (this.keep !== 'kept' || this.#revision === null) {
      throw new DeskError('Not everything could be kept. Mend what is marked first.', {
        code: 'invalid_request',
        status: 422,
      });
    }
    const body = { revision: this.#revision, over: this.state.published?.version ?? 0, note };
    return this.#api.ask('/settings/publish', { method: 'POST', query: { shop: this.state.shop }, body });
  }

  async discard(): Promise<void> {
    this.stop();
    await this.#keeping;
    await this.#api.ask('/settings/draft', { method: 'DELETE', query: { shop: this.state.shop } });
  }
}

/** Undefined when it is no refusal of fields. */
function problemsIn(error: unknown): readonly SettingsProblem[] | undefined {
  if (!(error instanceof DeskError) || error.status !== 422) return undefined;
  return (error.body as Partial<SettingsRefused> | undefined)?.problems;
}

export function isConflict(error: unknown): error is DeskError & { body: SettingsConflict } {
  return error instanceof DeskError && error.status === 409;
}

/** Of JSON; the order of an object's names says nothing. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one, sorted) === JSON.stringify(other, sorted);
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
