import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { createAccounts } from './accounts.ts';
import { createAttempts } from './attempts.ts';
import { createAudit } from './audit.ts';
import { createContactMessages } from './contact-messages.ts';
import { createDeskNotes } from './desk-notes.ts';
import { createDeskSessions } from './desk-sessions.ts';
import { createDocumentCopies } from './document-copies.ts';
import { createDocuments } from './documents.ts';
import { createEvents } from './events.ts';
import { createFeedback } from './feedback.ts';
import { createFindings } from './findings.ts';
import { createGaps } from './gaps.ts';
import { createMessages } from './messages.ts';
import { migrate } from './migrations/index.ts';
import { createPassages } from './passages.ts';
import { createProductSync } from './product-sync.ts';
import { createProducts } from './products.ts';
import { createReports } from './reports/index.ts';
import { createShopSettings } from './shop-settings.ts';
import { createSpending } from './spending.ts';
import { createSummaries } from './summaries.ts';
import { createThreads } from './threads.ts';
import { createTurns } from './turns.ts';
import type { PassageReader, ProductReader, ReportReader, Storage } from './types.ts';
import { createUsage } from './usage.ts';

export { backupSqlite, restoreSqlite, verifySqlite } from './backup.ts';
export { createId } from './ids.ts';
export { lockDataDir } from './lock.ts';

/** The database of a data folder. */
export function databaseIn(dataDir: string): string {
  return path.join(dataDir, 'shop-clerk.sqlite');
}

/**
 * Opens the database and brings its schema up to date.
 * @param file path of the SQLite file; its folder is made if need be
 * @param maxPages injected by tests: pages of 4 kB that there is room for, beyond which the disk is full
 * @throws when the file can't be opened or was written by a newer release
 */
export function openSqlite({ file, maxPages }: { file: string; maxPages?: number }): Storage {
  mkdirSync(path.dirname(file), { recursive: true });
  const db = new Database(file, { timeout: 5_000 });
  try {
    db.pragma('journal_mode = WAL');
    // With WAL, NORMAL keeps the file whole through any crash of the process; a power cut may take the last commits.
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    // What a shopper deletes is overwritten with zeros where that costs no further writing.
    db.pragma('secure_delete = FAST');
    migrate(db);
    if (maxPages !== undefined) db.pragma(`max_page_count = ${maxPages}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return {
    ...createThreads(db),
    ...createMessages(db),
    ...createTurns(db),
    ...createEvents(db),
    ...createFeedback(db),
    ...createFindings(db),
    ...createGaps(db),
    ...createSummaries(db),
    ...createDeskNotes(db),
    ...createContactMessages(db),
    ...createProducts(db),
    ...createProductSync(db),
    ...createDocuments(db),
    ...createDocumentCopies(db),
    ...createPassages(db),
    ...createUsage(db),
    ...createSpending(db),
    ...createAccounts(db),
    ...createDeskSessions(db),
    ...createAttempts(db),
    ...createAudit(db),
    ...createShopSettings(db),
    async check() {
      db.prepare('SELECT 1').get();
    },
    async checkWrite() {
      db.transaction(() => undefined).immediate();
    },
    async close() {
      db.close();
    },
  };
}

/**
 * Opens the database for searching only, beside who writes it.
 * @throws when the file isn't there: `openSqlite` makes it
 */
export function openSqliteReader({ file }: { file: string }): ProductReader & PassageReader & { close(): void } {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  return { ...createProducts(db), ...createPassages(db), close: () => void db.close() };
}

/**
 * Opens the database for the desk's reports only, beside who writes it.
 * @throws when the file isn't there: `openSqlite` makes it
 */
export function openSqliteReports({ file }: { file: string }): ReportReader & { close(): void } {
  const db = new Database(file, { readonly: true, timeout: 5_000 });
  return { ...createReports(db), close: () => void db.close() };
}
