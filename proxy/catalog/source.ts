import type { CatalogSettings } from '../shops/types.ts';
import { fileSource } from './file.ts';
import type { CatalogSource } from './types.ts';
import type { WebRequest } from './web.ts';

/** Where a shop's products come from, as its settings say. */
export function createSource(settings: CatalogSettings, { request }: { request: WebRequest }): CatalogSource {
  switch (settings.type) {
    case 'file':
      return fileSource({ file: settings.file });
    case 'url':
      return fileSource({ url: settings.url, request });
  }
}
