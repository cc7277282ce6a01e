import path from 'node:path';
import type { ShopConfig } from '../config.ts';
import type { Shop } from './types.ts';

/** The one shop that environment variables describe. */
export function shopFromConfig({ greeting, accent, catalogFile, ...config }: ShopConfig, model: string): Shop {
  return {
    ...config,
    greeting: greeting === undefined ? {} : { [config.locale]: greeting },
    prompts: {},
    ...(accent !== undefined && { accent }),
    model,
    catalogFile: path.resolve(catalogFile),
  };
}
