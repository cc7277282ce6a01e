import type { Database } from 'better-sqlite3';
import { initial } from './0001-initial.ts';
import { spending } from './0002-spending.ts';
import { catalogs } from './0003-catalogs.ts';
import { findings } from './0004-findings.ts';
import { usageFigures } from './0005-usage-figures.ts';
import { summaries } from './0006-summaries.ts';
import { contactMessages } from './0007-contact-messages.ts';
import { askedAgain } from './0008-asked-again.ts';
import { documents } from './0009-documents.ts';
import { gaps } from './0010-gaps.ts';
import { documentCopies } from './0011-document-copies.ts';
import { desk } from './0012-desk.ts';
import { reports } from './0013-reports.ts';
import { shopSettings } from './0014-shop-settings.ts';
import { installation } from './0015-installation.ts';

/** In order; the n-th brings the schema to version n. A migration that has been released is never edited. */
export const migrations: readonly string[] = [
  initial,
  spending,
  catalogs,
  findings,
  usageFigures,
  summaries,
  contactMessages,
  askedAgain,
  documents,
  gaps,
  documentCopies,
  desk,
  reports,
  shopSettings,
  installation,
];

/** Brings the database to the newest schema, each step all or nothing. */
export function migrate(db: Database, steps = migrations): void {
  // `immediate`: of two processes that start together, the second waits here and then finds nothing left to do.
  const run = db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version > steps.length) {
      throw new Error(
        `The database has schema version ${version}, made by a newer Shop Clerk; this one knows up to ${steps.length}. ` +
          'Start the newer release, or point DATA_DIR to another folder.',
      );
    }
    for (const [index, sql] of steps.entries()) {
      if (index < version) continue;
      db.exec(sql);
      db.pragma(`user_version = ${index + 1}`);
    }
  });
  run.immediate();
}
