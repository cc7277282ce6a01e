import type { Config } from '../config.ts';
import type { Shop } from '../shops/types.ts';

/** What a command is given that reads something of shops into the database. */
export interface ReadingCommandOptions {
  shops: readonly Shop[];
  config: Pick<Config, 'dataDir' | 'allowPrivateNetwork'>;
  version: string;
  signal: AbortSignal;
  print: (line: string) => void;
  /** Shows a line that the next one replaces. */
  show?: (line: string) => void;
}
