import { createBench } from '../../../../proxy/shops/index.ts';
import type { ShopBench } from '../../../../proxy/shops/types.ts';
import { tools } from '../../../../proxy/tools/index.ts';

/** What stands in `shops/pets.json`: the shop that `serveProxy` serves, with whatever a test wants to be there. */
export function deskBench(values: Record<string, unknown> = {}, slug = 'pets'): ShopBench {
  const draft = {
    settings: `shops/${slug}.json`,
    slug,
    folder: '.',
    values: {
      name: slug,
      origins: [`https://${slug}.example`],
      greeting: { en: 'Hello' },
      catalog: { type: 'url', url: 'https://pets.example/catalog.json' },
      tools: ['search_products', 'show_products'],
      topic_guard: false,
      answer_cache: false,
      ...values,
    },
  };
  return createBench(draft, {
    env: {},
    upstream: { apiKey: 'sk-test', baseUrl: 'https://api.openai.com/v1', model: 'gpt-6-luna', wire: 'responses' },
    demoModelUrl: null,
    allowPrivateNetwork: true,
    checkAddress: () => undefined,
    canMail: false,
    toolNames: tools.map(({ name }) => name),
    knowsPrice: () => true,
  });
}
