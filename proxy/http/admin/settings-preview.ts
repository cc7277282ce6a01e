import type { Settings } from '../../admin/settings.ts';
import type { Shops } from '../../shops/types.ts';
import type { SessionTokens } from '../session-token.ts';
import { mayShop } from './guard.ts';
import { createRoutes, deskRoute, json, ofShop } from './routes.ts';
import { settingsPreview } from './settings-schema.ts';

const preview = deskRoute({
  method: 'post',
  path: '/',
  tags: ['Settings'],
  summary: 'Get a token that shows the draft in the widget, or what is served where there is none',
  description:
    'For half an hour, on pages of this proxy; it ends with its draft, and with the login that asked for it. What is said there is in no figure.',
  request: { query: ofShop },
  responses: { 200: json(settingsPreview, 'For POST /api/session.') },
});

export interface SettingsPreviewDeps {
  shops: Shops;
  settings: Settings;
  tokens: SessionTokens;
}

/** Lets the owner see the widget as shoppers will, without being one of them. */
export function previews({ shops, settings, tokens }: SettingsPreviewDeps) {
  return createRoutes().openapi(preview, async (c) => {
    const { slug } = mayShop(c, shops, c.req.valid('query').shop);
    const draft = (await settings.draftShop(slug))?.id ?? null;
    const login = c.var.deskSession?.id ?? null;
    const { token, expiresAt } = await tokens.issuePreview({ shop: slug, draft, login });
    const path = `/admin/preview.html#shop=${encodeURIComponent(slug)}&preview=${token}`;
    return c.json({ token, expires_at: expiresAt.toISOString(), path }, 200);
  });
}
