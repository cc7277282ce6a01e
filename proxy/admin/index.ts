import { isSame } from '../is-same.ts';
import type { DeskStorage } from '../storage/types.ts';
import { createAccounts } from './accounts.ts';
import { createAudit } from './audit.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { hashOf } from './secrets.ts';
import { createSessions } from './sessions.ts';
import type { Desk } from './types.ts';

export { emailOf } from './accounts.ts';
export { createSettings } from './settings.ts';
export { createPasswords };

export interface DeskOptions {
  storage: DeskStorage;
  /** Null: there is no operator, only owners with accounts. */
  adminToken: string | null;
  createId: (prefix: 'acc' | 'ses') => string;
  passwords?: Passwords;
  now?: () => number;
}

export function createDesk(options: DeskOptions): Desk {
  const { storage, adminToken, createId, passwords = createPasswords(), now = Date.now } = options;
  const audit = createAudit({ storage, now });
  const isOperator = (token: string) => adminToken !== null && isSame(token, adminToken);
  const shared = { storage, passwords, audit, now };
  return {
    audit,
    isOperator,
    accounts: createAccounts({ ...shared, createId: () => createId('acc') }),
    sessions: createSessions({
      ...shared,
      isOperator,
      operatorCredential: hashOf('operator', adminToken ?? ''),
      createId: () => createId('ses'),
    }),
  };
}
