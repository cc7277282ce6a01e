import { bodyLimit } from 'hono/body-limit';
import type { Documents, Knowledge } from '../../knowledge/types.ts';
import { adminDocuments } from '../routes/admin-documents.ts';
import { accounts } from './accounts.ts';
import { answerNotes, type AnswerNotesDeps } from './answer-notes.ts';
import { audit } from './audit.ts';
import { catalogue, type CatalogueDeps } from './catalogue.ts';
import { conversations, type ConversationsDeps } from './conversations.ts';
import { gaps, type GapsDeps } from './gaps.ts';
import { requireDesk } from './guard.ts';
import { health, type DeskHealthDeps } from './health.ts';
import { install, type InstallDeps } from './install.ts';
import { jsonBody } from './json-body.ts';
import { overview, type OverviewDeps } from './overview.ts';
import { playground, type PlaygroundDeps } from './playground.ts';
import { createRoutes, neverStored, otherMethods } from './routes.ts';
import { session, ways, type SessionDeps } from './session.ts';
import { sessions } from './sessions.ts';
import { previews, type SettingsPreviewDeps } from './settings-preview.ts';
import { settingsHistory } from './settings-versions.ts';
import { settings, type SettingsDeps } from './settings.ts';
import { shops } from './shops.ts';
import { usage, type UsageDeps } from './usage.ts';

export interface AdminDeps
  extends
    SessionDeps,
    OverviewDeps,
    ConversationsDeps,
    AnswerNotesDeps,
    GapsDeps,
    UsageDeps,
    SettingsDeps,
    SettingsPreviewDeps,
    PlaygroundDeps,
    CatalogueDeps,
    InstallDeps,
    DeskHealthDeps {
  desk: SessionDeps['desk'];
  documents: Documents;
  knowledge: Knowledge;
}

/** Far more than the longest prompt. */
const MAX_BODY = 256 * 1024;

/** `/api/admin/*`: everything the desk does, a noun a file. */
export function admin(deps: AdminDeps) {
  const routes = createRoutes();
  routes.use(neverStored);
  // Files, of up to 20 MB and of any kind.
  routes.use('/documents/*', requireDesk(deps)).route('/documents', adminDocuments(deps));
  routes.use(bodyLimit({ maxSize: MAX_BODY })).use(jsonBody);
  routes.route('/', ways(deps));
  routes.use(requireDesk(deps));
  routes
    .route('/', session(deps))
    .route('/sessions', sessions(deps))
    .route('/accounts', accounts(deps))
    .route('/audit', audit(deps))
    .route('/shops', shops(deps))
    .route('/overview', overview(deps))
    .route('/conversations', conversations(deps))
    .route('/messages', answerNotes(deps))
    .route('/gaps', gaps(deps))
    .route('/usage', usage(deps))
    .route('/settings', settings(deps))
    .route('/settings/preview', previews(deps))
    .route('/settings/versions', settingsHistory(deps))
    .route('/playground', playground(deps))
    .route('/catalogue', catalogue(deps))
    .route('/install', install(deps))
    .route('/health', health(deps));
  routes.all('*', otherMethods(routes));
  return routes;
}
