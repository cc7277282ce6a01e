import type { Context } from 'hono';
import type { Settings } from '../admin/settings.ts';
import type { Sessions } from '../admin/types.ts';
import { ChatError } from '../errors.ts';
import type { Shop, Shops } from '../shops/types.ts';
import { checkOwnOrigin } from './middleware/cors.ts';
import type { SessionTokens, Shown } from './session-token.ts';

export interface PreviewDeps {
  tokens: SessionTokens;
  settings: Pick<Settings, 'draftShop'>;
  shops: Pick<Shops, 'bySlug'>;
  desk: { sessions: Pick<Sessions, 'holder'> };
}

export interface Preview {
  /** As its draft has it now, or as it is served. */
  shop: Shop;
  shown: Shown;
  expiresAt: Date;
}

/**
 * What a preview token shows.
 * @throws ChatError `origin_not_allowed` on other people's pages; `unauthorized` when it is not good, or another shop's, its
 * draft was published or thrown away, or whoever opened it has logged out or lost the shop
 */
export async function previewOf(c: Context, token: string, slug: string, deps: PreviewDeps): Promise<Preview> {
  checkOwnOrigin(c);
  const preview = await deps.tokens.verifyPreview(token);
  const shop = preview?.shop === slug ? await shownShop(slug, preview, deps) : undefined;
  if (!preview || !shop) throw new ChatError('unauthorized', 'This preview has ended. Open it from the desk again.');
  const { draft, login, expiresAt } = preview;
  return { shop, shown: { draft, login }, expiresAt };
}

/** The shop as a preview shows it; undefined when its login or its draft is over. */
export async function shownShop(
  slug: string,
  { draft, login }: Shown,
  { settings, shops, desk }: Pick<PreviewDeps, 'settings' | 'shops' | 'desk'>,
): Promise<Shop | undefined> {
  if (login !== null) {
    const seen = (await desk.sessions.holder(login))?.shops ?? [];
    if (seen !== '*' && !seen.includes(slug)) return undefined;
  }
  return draft === null ? shops.bySlug(slug) : (await settings.draftShop(slug, draft))?.shop;
}
