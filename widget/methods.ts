/** What a page may call. The element has them from the beginning; its class brings its own. */
export const METHODS =
  'open close toggle stop send destroy exportData deleteData setDraft setContext newThread selectThread consent identify signOut registerTool';
