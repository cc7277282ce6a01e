import { Hono } from 'hono';
import { ChatError } from '../../errors.ts';
import type { SessionResponse, ShopSettings } from '../../protocol/index.ts';
import type { Shop, Shops } from '../../shops/types.ts';
import type { HttpEnv } from '../env.ts';
import { checkOrigin } from '../middleware/cors.ts';
import { only } from '../middleware/errors.ts';
import { bearerToken } from '../middleware/require-session.ts';
import { readBody, sessionRequest } from '../schemas.ts';
import type { SessionTokens } from '../session-token.ts';

export interface SessionDeps {
  shops: Shops;
  tokens: SessionTokens;
  createVisitorId: () => string;
  maxMessageLength: number;
  demoModel: boolean;
}

/** Who comes with an older token of ours stays the same visitor and finds the threads of before. */
export function session(deps: SessionDeps) {
  const { shops, tokens, createVisitorId } = deps;
  return new Hono<HttpEnv>()
    .post('/', async (c) => {
      const { shop: slug } = await readBody(c, sessionRequest);
      const shop = shops.bySlug(slug);
      if (!shop) throw new ChatError('shop_not_found', `There is no shop "${slug}" here.`);
      checkOrigin(c, shop);
      const old = bearerToken(c.req.header('authorization'));
      const known = old && (await tokens.renewable(old));
      const visitorId = known && known.shop === shop.slug ? known.visitorId : createVisitorId();
      const { token, expiresAt } = await tokens.issue({ shop: shop.slug, visitorId });
      const answer: SessionResponse = { token, expires_at: expiresAt.toISOString(), shop: settingsOf(shop, deps) };
      return c.json(answer);
    })
    .all('/', only('POST'));
}

function settingsOf(shop: Shop, { maxMessageLength, demoModel }: SessionDeps): ShopSettings {
  return {
    slug: shop.slug,
    name: shop.name,
    locale: shop.locale,
    greeting: shop.greeting,
    prompts: shop.prompts,
    ...(shop.accent !== undefined && { accent: shop.accent }),
    max_message_length: maxMessageLength,
    demo_model: demoModel,
  };
}
