import type { Outbound } from '../outbound/types.ts';
import type { CatalogSettings } from '../shops/types.ts';
import { fileSource } from './file.ts';
import type { CatalogSource } from './types.ts';
import { urlSource } from './url.ts';

export interface SourceOptions {
  outbound: Outbound;
  /** Where the settings stand, as their owner would look for them. */
  setIn: string;
}

/** Where a shop's products come from, as its settings say. */
export function createSource(settings: CatalogSettings, { outbound, setIn }: SourceOptions): CatalogSource {
  switch (settings.type) {
    case 'file':
      return fileSource({ file: settings.file, setIn });
    case 'url':
      return urlSource({ url: settings.url, outbound });
  }
}
