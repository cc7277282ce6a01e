import type { Group } from './findings.ts';
import { badTokens } from './groups/bad-tokens.ts';
import { bounds } from './groups/bounds.ts';
import { csrf } from './groups/csrf.ts';
import { desk } from './groups/desk.ts';
import { foreignIds } from './groups/foreign-ids.ts';
import { obedientModel } from './groups/obedient-model.ts';
import { origins } from './groups/origins.ts';
import { plantedSecrets } from './groups/planted-secrets.ts';
import { ssrf } from './groups/ssrf.ts';
import { toolArguments } from './groups/tool-arguments.ts';
import { unicode } from './groups/unicode.ts';
import { wallet } from './groups/wallet.ts';

export const GROUPS: Record<string, Group> = {
  'foreign ids': foreignIds,
  'bad tokens': badTokens,
  origins,
  CSRF: csrf,
  "the owner's desk": desk,
  'tool arguments': toolArguments,
  'obedient model': obedientModel,
  SSRF: ssrf,
  'denial of wallet': wallet,
  'planted secrets': plantedSecrets,
  unicode,
  'resource bounds': bounds,
};
