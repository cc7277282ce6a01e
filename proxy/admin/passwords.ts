/**
 * Passwords as `$scrypt$ln=17,r=8,p=1$salt$hash`: what they were hashed with stands beside them, so that it may get dearer
 * later. One takes 128 MB and a third of a second of a thread, hence two at once and a short row of those who wait.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { ChatError } from '../errors.ts';

/** OWASP's advice for scrypt: N=2^17, r=8, p=1. */
const LN = 17;
const R = 8;
const P = 1;
const AT_ONCE = 2;
const WAITING = 8;
const RETRY_MS = 2_000;
const BYTES = 32;

export interface Passwords {
  hash(password: string): Promise<string>;
  /**
   * Takes as long for no `stored` password as for a wrong one. @returns `again`: right, but hashed more cheaply than now
   * @throws ChatError `overloaded` when too many wait
   */
  verify(password: string, stored: string | null): Promise<'right' | 'again' | 'wrong'>;
}

/** @param ln binary logarithm of N */
export function createPasswords({ ln = LN }: { ln?: number } = {}): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];

  async function derive(password: string, salt: Buffer, cost: { ln: number; r: number; p: number }): Promise<Buffer> {
    if (running < AT_ONCE) running++;
    else {
      if (waiting.length >= WAITING) {
        throw new ChatError('overloaded', 'Too many logins at once.', { retryAfterMs: RETRY_MS });
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await new Promise((resolve, reject) => {
        const N = 2 ** cost.ln;
        const maxmem = 129 * N * cost.r + 2 ** 20;
        // The same letters typed on another keyboard are the same password.
        scrypt(password.normalize('NFKC'), salt, BYTES, { N, r: cost.r, p: cost.p, maxmem }, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      });
    } finally {
      // Whoever is next takes over the place.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  async function hash(password: string): Promise<string> {
    const salt = randomBytes(16);
    const key = await derive(password, salt, { ln, r: R, p: P });
    return `$scrypt$ln=${ln},r=${R},p=${P}$${salt.toString('base64url')}$${key.toString('base64url')}`;
  }

  const NOBODY = `$scrypt$ln=${ln},r=${R},p=${P}$${'A'.repeat(22)}$${'A'.repeat(43)}`;

  return {
    hash,
    async verify(password, stored) {
      const parts = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? NOBODY);
      if (!parts) throw new Error('A password in the database is in no form that this release knows.');
      const cost = { ln: Number(parts[1]), r: Number(parts[2]), p: Number(parts[3]) };
      const key = await derive(password, Buffer.from(parts[4]!, 'base64url'), cost);
      const right = timingSafeEqual(key, Buffer.from(parts[5]!, 'base64url'));
      if (!right || stored === null) return 'wrong';
      return cost.ln < ln || cost.r < R || cost.p < P ? 'again' : 'right';
    },
  };
}
