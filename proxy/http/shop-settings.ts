import type { ShopSettings } from '../protocol/index.ts';
import { DEMO_MODEL, type Shop } from '../shops/types.ts';

/** What a widget has to know of a shop: a choice, so that whatever a shop gets to have stays here unless it is named. */
export function shopSettings(shop: Shop): ShopSettings {
  const { theme, privacy, contact } = shop;
  return {
    slug: shop.slug,
    name: shop.name,
    locale: shop.locale,
    greeting: shop.greeting,
    prompts: shop.prompts,
    ...(theme.accent !== undefined && { accent: theme.accent }),
    ...(theme.colorScheme !== undefined && { color_scheme: theme.colorScheme }),
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
