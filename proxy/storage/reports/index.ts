import type { Database } from 'better-sqlite3';
import type { ReportReader } from '../types.ts';
import { createConversationReport } from './conversation.ts';
import { createConversations } from './conversations.ts';
import { createGapGroups } from './gap-groups.ts';
import { createOverview } from './overview.ts';
import { createPictureOrigins } from './picture-origins.ts';
import { createUsageReport } from './usage-report.ts';

/** What the desk reads. Each may take a tenth of a second: never on the thread that streams. */
export function createReports(db: Database): ReportReader {
  return {
    ...createOverview(db),
    ...createConversations(db),
    ...createConversationReport(db),
    ...createGapGroups(db),
    ...createPictureOrigins(db),
    ...createUsageReport(db),
  };
}
