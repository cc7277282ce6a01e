import { randomBytes } from 'node:crypto';

/** An unguessable id: `thr_` and 22 characters, 128 bits. */
export function createId(prefix: 'thr' | 'msg' | 'trn' | 'vis' | 'con' | 'doc' | 'acc' | 'ses' | 'drf'): string {
  return `${prefix}_${randomBytes(16).toString('base64url')}`;
}
