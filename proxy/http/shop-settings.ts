import { contactNow } from '../opening-hours.ts';
import type { ShopSettings } from '../protocol/index.ts';
import { DEMO_MODEL, type Shop } from '../shops/types.ts';

/** What a widget has to know of a shop: a choice, so that whatever a shop gets to have stays here unless it is named. */
export function shopSettings(shop: Shop, now: number): ShopSettings {
  const { theme, privacy, strings, proactive } = shop;
  const contact = contactNow(shop, now);
  return {
    slug: shop.slug,
    name: shop.name,
    ...(Object.keys(shop.names).length > 0 && { names: shop.names }),
    locale: shop.locale,
    greeting: shop.greeting,
    prompts: shop.prompts,
    ...(theme.accent !== undefined && { accent: theme.accent }),
    ...(theme.colorScheme !== undefined && { color_scheme: theme.colorScheme }),
    ...(Object.keys(theme.looks).length > 0 && { theme: theme.looks }),
    ...(Object.keys(strings).length > 0 && { strings }),
    ...(proactive.length > 0 && { proactive: [...proactive] }),
    ...(shop.pageContext && { page_context: true }),
    ...(shop.pageTools && { page_tools: true }),
    consent: privacy.consent,
    disclosure: privacy.disclosure,
    ...(privacy.policyUrl !== undefined && { privacy_url: privacy.policyUrl }),
    ...(contact !== null && { contact }),
    cart: shop.cart.kind,
    ...(shop.cart.url !== undefined && { cart_url: shop.cart.url }),
    max_message_length: shop.limits.messageLength,
    demo_model: shop.models.default.model === DEMO_MODEL,
  };
}
