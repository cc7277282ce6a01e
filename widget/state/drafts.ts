/** The newest so many drafts are kept. */
const MOST = 10;

export interface DraftsOptions {
  /** Where they are kept; null where they must not be. */
  key: () => string | null;
  storage: () => Storage;
}

/** What was being written, by thread. Nothing here throws; where storage is blocked, drafts last as long as the page. */
export function createDrafts({ key, storage }: DraftsOptions) {
  let texts: Record<string, unknown> | undefined;

  function all(): Record<string, unknown> {
    try {
      const name = key();
      texts ??= { ...(name && JSON.parse(storage().getItem(name) ?? '{}')) };
    } catch {
      // Blocked, or not JSON.
    }
    return (texts ??= {});
  }

  function keep(changed: Record<string, unknown>): void {
    texts = changed;
    const name = key();
    if (!name) return;
    try {
      if (Object.keys(changed).length > 0) storage().setItem(name, JSON.stringify(changed));
      else storage().removeItem(name);
    } catch {
      // Blocked or full: `texts` has it.
    }
  }

  return {
    draft(threadId: string | null): string {
      const text = all()[threadId ?? ''];
      // Anything on the page may have written there.
      return typeof text === 'string' ? text : '';
    },
    keepDraft(threadId: string | null, text: string): void {
      const { [threadId ?? '']: old, ...others } = all();
      if (text === (old ?? '')) return;
      // Its conversation has begun meanwhile.
      if (others[''] === text) delete others[''];
      const entries = Object.entries(others).slice(1 - MOST);
      keep(Object.fromEntries(text ? [...entries, [threadId ?? '', text]] : entries));
    },
    dropDrafts: () => keep({}),
  };
}
