/** How a shop's file says where its products come from. */
import { z } from 'zod';
import { file, language, secret, webUrl } from './schema-values.ts';

const often = { every_minutes: z.int().min(0).max(43_200).optional(), webhook_secret: secret.optional() };
const feed = { file: file.optional(), url: webUrl.optional(), encoding: z.string().max(40).optional() };
const lang = language.optional();
const exported = {
  ...feed,
  lang,
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217, such as USD'),
  shop_url: webUrl,
  ...often,
};
/** Types that are read from a file or from a URL. */
const FEEDS = ['google_feed', 'shopify_csv', 'woocommerce_csv'] as const;

export const catalog = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('file'), file, ...often }),
    z.strictObject({ type: z.literal('url'), url: webUrl, ...often }),
    z.strictObject({ type: z.literal('woocommerce'), url: webUrl, ...often }),
    z.strictObject({ type: z.literal('woocommerce_rest'), url: webUrl, key: secret, secret, ...often }),
    z.strictObject({
      type: z.literal('shopify'),
      shop: z
        .string()
        .max(200)
        .regex(
          /^(https:\/\/)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+\/?$/i,
          "must be the shop's address, such as acme.myshopify.com",
        ),
      token: secret.optional(),
      country: z
        .string()
        .regex(/^[A-Z]{2}$/, 'must be a code of ISO 3166, such as IL')
        .optional(),
      lang,
      ...often,
    }),
    z.strictObject({ type: z.literal('google_feed'), ...feed, lang, ...often }),
    z.strictObject({ type: z.literal('shopify_csv'), ...exported }),
    z.strictObject({ type: z.literal('woocommerce_csv'), ...exported }),
  ])
  .superRefine((value, context) => {
    if (!isFeed(value) || (value.file === undefined) !== (value.url === undefined)) return;
    context.addIssue('needs either "file" or "url"');
  });

type CatalogForm = z.output<typeof catalog>;

export function isFeed(value: CatalogForm): value is Extract<CatalogForm, { type: (typeof FEEDS)[number] }> {
  return (FEEDS as readonly string[]).includes(value.type);
}
