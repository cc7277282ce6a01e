/** How a shop's file names its documents, and where else they are searched. */
import { z } from 'zod';
import { model } from './model-schema.ts';
import { count, file, pageUrl, secret, webUrl } from './schema-values.ts';
import { STORE_SEARCHES } from './types.ts';

const documentSource = z
  .strictObject({
    file: file.optional(),
    url: pageUrl.optional(),
    sitemap: webUrl.optional(),
    max: count(1_000).optional(),
  })
  .refine(
    ({ file, url, sitemap }) => (sitemap === undefined ? file !== undefined || url !== undefined : !file && !url),
    'needs a "file" (with the "url" where shoppers read it, if there is one), a "url" or a "sitemap"',
  )
  .refine(({ file, url }) => file !== undefined || url === undefined || URL.canParse(url), {
    path: ['url'],
    error: 'must be an http(s) URL where it is read from there; a path is for a "file"',
  })
  .refine(({ sitemap, max }) => sitemap !== undefined || max === undefined, 'has "max", which is for a "sitemap"');

export const documents = z.strictObject({
  sources: z.array(documentSource).max(500).default([]),
  every_minutes: z.int().min(0).max(43_200).default(360),
  embeddings: z
    .strictObject({
      model: z.string().min(1).max(200).default('text-embedding-3-small'),
      base_url: model.shape.base_url,
      api_key: secret.optional(),
    })
    .optional(),
  store: z
    .strictObject({
      type: z.literal('openai'),
      vector_store_id: z
        .string()
        .regex(/^[\w-]{1,100}$/, 'is no id of a vector store, such as vs_abc123')
        .optional(),
      search: z.enum(STORE_SEARCHES).default('tool'),
      base_url: model.shape.base_url,
      api_key: secret.optional(),
    })
    .optional(),
});
