import { z } from '@hono/zod-openapi';
import type { Published, Settings } from '../../admin/settings.ts';
import { ChatError } from '../../errors.ts';
import type {
  SettingsConflict,
  SettingsDraft,
  SettingsDraftRequest,
  SettingsPublishRequest,
  SettingsRefused,
  SettingsState,
  SettingsUndoRequest,
} from '../../protocol/admin/index.ts';
import type { DeskProblem, Shop, Shops } from '../../shops/types.ts';
import type { DraftSettings, Storage } from '../../storage/types.ts';
import { exactly } from '../openapi/exactly.ts';
import { mayShop } from './guard.ts';
import { iso } from './ranges.ts';
import { body, createRoutes, deskRoute, json, ofShop } from './routes.ts';
import {
  changes,
  settingsConflict,
  settingsDraftAnswer,
  settingsRefused,
  settingsState,
  settingsVersion,
  versionNumber,
} from './settings-schema.ts';
import { settingsToWire } from './settings-view.ts';
import { changesBefore, versionToWire } from './settings-versions.ts';

const tags = ['Settings'];
const MAX_NOTE = 200;

const look = deskRoute({
  method: 'get',
  path: '/',
  tags,
  summary: 'A shop’s settings: as they are served, in its file, at the desk and in the draft',
  request: { query: ofShop },
  responses: { 200: json(settingsState, 'Field by field.') },
});

const keep = deskRoute({
  method: 'put',
  path: '/draft',
  tags,
  summary: 'Write the draft',
  description: 'The whole of it. It is served to nobody but the preview and the playground.',
  request: {
    query: ofShop,
    body: body(exactly<SettingsDraftRequest>()(z.strictObject({ changes }).openapi('SettingsDraftRequest')), {
      changes: { greeting: { en: 'Hi!' } },
    }),
  },
  responses: {
    200: json(settingsDraftAnswer, 'It is kept.'),
    422: json(settingsRefused, 'Each problem with its field; nothing is kept.'),
  },
});

const discard = deskRoute({
  method: 'delete',
  path: '/draft',
  tags,
  summary: 'Throw the draft away',
  request: { query: ofShop },
  responses: { 204: { description: 'There is none.' } },
});

const published = {
  200: json(settingsVersion, 'It is served.'),
  409: json(settingsConflict, 'Another version or draft is there by now; nothing was published.'),
  422: json(settingsRefused, 'Each problem with its field; nothing was published.'),
};

const publish = deskRoute({
  method: 'post',
  path: '/publish',
  tags,
  summary: 'Publish the draft',
  description: 'Shoppers get it with their next session; answers under way end with the settings they began with.',
  request: {
    query: ofShop,
    body: body(
      exactly<SettingsPublishRequest>()(
        z
          .strictObject({ revision: z.int().min(1), over: versionNumber, note: z.string().max(MAX_NOTE).default('') })
          .openapi('SettingsPublishRequest'),
      ),
      { revision: 2, over: 1, note: 'A friendlier greeting' },
    ),
  },
  responses: published,
});

const undo = deskRoute({
  method: 'post',
  path: '/undo',
  tags,
  summary: 'Publish what an older version said',
  request: {
    query: ofShop,
    body: body(
      exactly<SettingsUndoRequest>()(
        z.strictObject({ version: versionNumber, over: versionNumber }).openapi('SettingsUndoRequest'),
      ),
      {
        version: 0,
        over: 2,
      },
    ),
  },
  responses: published,
});

export interface SettingsDeps {
  shops: Shops;
  settings: Settings;
  storage: Storage;
  warningsOf: (shop: Shop) => string[];
}

export function settings({ shops, settings, storage, warningsOf }: SettingsDeps) {
  async function answerTo(outcome: Published | undefined) {
    if (!outcome) throw noSettings();
    if (outcome.outcome === 'refused') return { status: 422, answer: refused(outcome.problems) } as const;
    if (outcome.outcome === 'outdated') {
      const { version, revision } = outcome;
      const answer: SettingsConflict = {
        error: error('Somebody has published, or changed the draft, meanwhile: look at it again.'),
        version,
        revision,
      };
      return { status: 409, answer } as const;
    }
    return { status: 200, answer: versionToWire(outcome.version, outcome.before) } as const;
  }

  return createRoutes()
    .openapi(look, async (c) => {
      const shop = mayShop(c, shops, c.req.valid('query').shop);
      const now = await settings.look(shop.slug);
      if (!now) throw noSettings();
      const version =
        now.published && versionToWire(now.published, await changesBefore(storage, shop.slug, now.published.version));
      const state: SettingsState = {
        shop: shop.slug,
        file: now.bench.settings,
        published: version ?? null,
        draft: now.draft ? draftToWire(now.draft) : null,
        ...settingsToWire(now, c.var.admin.kind),
        warnings: warningsOf(shop),
      };
      return c.json(state, 200);
    })
    .openapi(keep, async (c) => {
      const { slug } = mayShop(c, shops, c.req.valid('query').shop);
      const kept = await settings.keep(c.var.admin, slug, c.req.valid('json').changes);
      if (!kept) throw noSettings();
      if ('problems' in kept) return c.json(refused(kept.problems), 422);
      return c.json({ draft: draftToWire(kept.draft), warnings: warningsOf(kept.shop) }, 200);
    })
    .openapi(discard, async (c) => {
      const { slug } = mayShop(c, shops, c.req.valid('query').shop);
      await settings.discard(c.var.admin, slug);
      return c.body(null, 204);
    })
    .openapi(publish, async (c) => {
      const { slug } = mayShop(c, shops, c.req.valid('query').shop);
      const { status, answer } = await answerTo(await settings.publish(c.var.admin, slug, c.req.valid('json')));
      return c.json(answer, status) as never;
    })
    .openapi(undo, async (c) => {
      const { slug } = mayShop(c, shops, c.req.valid('query').shop);
      const { status, answer } = await answerTo(await settings.undo(c.var.admin, slug, c.req.valid('json')));
      return c.json(answer, status) as never;
    });
}

function noSettings(): ChatError {
  return new ChatError('not_found', 'There is no such version, or this shop’s settings can’t be changed here.');
}

function refused(problems: DeskProblem[]): SettingsRefused {
  const lines = problems.map(({ field, message }) => `${field}: ${message}`);
  return { error: error(lines.join('; ')), problems };
}

function error(message: string) {
  return { code: 'invalid_request', message, retryable: false } as const;
}

function draftToWire({ changes, revision, basedOn, who, at }: DraftSettings): SettingsDraft {
  return { changes, revision, based_on: basedOn, by: who, at: iso(at) };
}
