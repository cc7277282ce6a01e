/**
 * A proxy trusts its database: triggers and views run by themselves, defaults and checks with every row, and a table that
 * lacks a column or an index fails or crawls long after the restore. So a file that comes from elsewhere has to have the
 * schema that its version says, no less and no more.
 */
import Database from 'better-sqlite3';
import { migrate, migrations } from './migrations/index.ts';

interface Part {
  type: string;
  name: string;
  sql: string | null;
}

/** What SQLite makes by itself: statistics, and indexes of constraints that stand in their table's own text. */
const ITS_OWN = /^sqlite_(?:stat[1-4]|sequence|autoindex_.+)$/;

/** @param name what the file is called in a message @throws naming the first part that is foreign, missing or another one */
export function checkSchema(file: string, { version, name }: { version: number; name: string }): void {
  const made = new Database(':memory:');
  const given = new Database(file, { readonly: true });
  try {
    migrate(made, migrations.slice(0, version));
    const [wanted, found] = [partsOf(made), partsOf(given)];
    for (const [key, part] of found) {
      const known = wanted.get(key);
      const what = `${part.type === 'index' ? 'an' : 'a'} ${part.type} ${JSON.stringify(part.name)}`;
      if (!known) {
        throw new Error(`${name} has ${what} that Shop Clerk has not made. Drop it if you trust the file.`);
      }
      if (known.sql !== part.sql) {
        throw new Error(
          `${name} has another ${part.type} ${JSON.stringify(part.name)} than Shop Clerk makes. Was it made, or changed, by something else?`,
        );
      }
    }
    for (const [key, { type, name: missing }] of wanted) {
      if (!found.has(key)) throw new Error(`${name} lacks the ${type} ${JSON.stringify(missing)}. Use another backup.`);
    }
  } finally {
    made.close();
    given.close();
  }
}

/** By type and name. Of the tables behind a search index only the names: their columns are that release's of SQLite. */
function partsOf(db: Database.Database): Map<string, Part> {
  const shadows = new Set(db.prepare("SELECT name FROM pragma_table_list WHERE type = 'shadow'").pluck().all());
  const parts = db.prepare<[], Part>('SELECT type, name, sql FROM sqlite_schema').all();
  return new Map(
    parts
      .filter(({ name }) => !ITS_OWN.test(name))
      .map((part) => [`${part.type} ${part.name}`, { ...part, sql: shadows.has(part.name) ? null : part.sql }]),
  );
}
