import type { Context } from 'hono';
import type { Settings } from '../admin/settings.ts';
import { ChatError } from '../errors.ts';
import type { Shop } from '../shops/types.ts';
import { checkOwnOrigin } from './middleware/cors.ts';
import type { SessionTokens } from './session-token.ts';

export interface PreviewDeps {
  tokens: SessionTokens;
  settings: Pick<Settings, 'draftShop'>;
}

export interface Preview {
  /** As its draft has it now. */
  shop: Shop;
  draft: string;
  expiresAt: Date;
}

/**
 * What a preview token shows.
 * @throws ChatError `origin_not_allowed` on other people's pages; `unauthorized` when it is not good, or another shop's, or its
 * draft was published or thrown away
 */
export async function previewOf(
  c: Context,
  token: string,
  slug: string,
  { tokens, settings }: PreviewDeps,
): Promise<Preview> {
  checkOwnOrigin(c);
  const preview = await tokens.verifyPreview(token);
  const found = preview?.shop === slug ? await settings.draftShop(slug, preview.draft) : undefined;
  if (!preview || !found) throw new ChatError('unauthorized', 'This preview has ended. Open it from the desk again.');
  return { shop: found.shop, draft: preview.draft, expiresAt: preview.expiresAt };
}
