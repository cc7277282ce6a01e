import { describe, expect, test } from 'vitest';
import { createDesk, createPasswords } from '../../../proxy/admin/index.ts';
import { createId } from '../../../proxy/storage/index.ts';
import type { Storage } from '../../../proxy/storage/types.ts';
import { openFresh } from '../../fresh-database.ts';
import { tempDir } from '../../temp-dir.ts';

const from = { address: 'a network', userAgent: 'a browser' };
const email = 'dana@pets.example';
const password = 'correct horse battery';
const adminToken = 'an admin token that only a test may know';

/** A desk on a file of its own, that can be closed and opened again. */
async function onFile(run: (open: (options?: { ln?: number; token?: string | null }) => Opened) => Promise<void>) {
  using dir = tempDir();
  const opened: Opened[] = [];
  try {
    await run(({ ln = 4, token = adminToken } = {}) => {
      const storage = openFresh({ file: dir.file('shop.sqlite') });
      const desk = createDesk({ storage, adminToken: token, createId, passwords: createPasswords({ ln }) });
      opened.push({ storage, desk });
      return { storage, desk };
    });
  } finally {
    for (const { storage } of opened) await storage.close();
  }
}

interface Opened {
  storage: Storage;
  desk: ReturnType<typeof createDesk>;
}

async function withAccount({ desk }: Opened) {
  const { secret, account } = await desk.accounts.add('operator', { email, shops: ['pets'] });
  await desk.accounts.accept(secret, password);
  return account;
}

describe('the desk', () => {
  test('stays locked over a restart', () =>
    onFile(async (open) => {
      const before = open();
      await withAccount(before);
      for (let tries = 0; tries < 10; tries++) {
        const guess = before.desk.sessions.openOwner({ email, password: 'not that at all' }, from);
        await expect(guess).rejects.toMatchObject({ code: 'unauthorized' });
      }
      const after = open().desk.sessions.openOwner({ email, password }, from);
      await expect(after).rejects.toMatchObject({ code: 'rate_limited' });
    }));

  test('keeps logins over a restart, and ends the operator’s with another ADMIN_TOKEN', () =>
    onFile(async (open) => {
      const before = open();
      await withAccount(before);
      const owner = await before.desk.sessions.openOwner({ email, password }, from);
      const operator = await before.desk.sessions.openOperator(adminToken, from);
      const same = open().desk.sessions;
      expect(await same.find(operator.secret)).toMatchObject({ user: { kind: 'operator' } });
      for (const token of ['another token that only a test may know', null]) {
        const { sessions } = open({ token }).desk;
        expect(await sessions.find(operator.secret)).toBeUndefined();
        expect(await sessions.find(owner.secret)).toMatchObject({ email, user: { shops: ['pets'] } });
      }
    }));

  test('hashes a password anew, and dearer, when its owner comes by', () =>
    onFile(async (open) => {
      const before = open({ ln: 4 });
      await withAccount(before);
      const hashes: string[] = [];
      for (const ln of [5, 5, 4]) {
        const { desk, storage } = open({ ln });
        await desk.sessions.openOwner({ email, password }, from);
        hashes.push((await storage.account({ email }))!.password!);
      }
      expect(hashes[0]).toMatch(/^\$scrypt\$ln=5,r=8,p=1\$/);
      expect(new Set(hashes).size).toBe(1);
    }));

  test('keeps no password, cookie or invitation in the database, nor in its log', () =>
    onFile(async (open) => {
      const { desk, storage } = open();
      const invited = await desk.accounts.add('operator', { email, shops: ['pets'] });
      const rows = JSON.stringify([await storage.accounts(), await storage.deskSessions('all')]);
      expect(rows).not.toContain(invited.secret);
      await desk.accounts.accept(invited.secret, password);
      const { secret, session } = await desk.sessions.openOwner({ email, password }, from);
      const audit = await storage.audit({ shops: '*', who: '', limit: 100 });
      expect(audit.map(({ action }) => action)).toEqual(['session.opened', 'account.password_set', 'account.added']);
      const all = JSON.stringify([await storage.accounts(), await storage.deskSessions('all'), audit]);
      for (const hidden of [secret, session.csrf, password, invited.secret]) expect(all).not.toContain(hidden);
    }));

  test('does not count a login that nobody had time to look at', () =>
    onFile(async (open) => {
      const { desk } = open({ ln: 12 });
      const guess = (index: number) =>
        desk.sessions.openOwner({ email: `owner${index}@pets.example`, password: 'not that at all' }, from).then(
          () => 'in',
          ({ code }: { code: string }) => code,
        );
      // There is room for ten.
      const atOnce = await Promise.all(Array.from({ length: 18 }, (_, index) => guess(index)));
      expect(atOnce.filter((code) => code === 'overloaded')).toHaveLength(8);
      const after: string[] = [];
      for (let tries = 0; tries < 11; tries++) after.push(await guess(100 + tries));
      expect(after).toEqual([...Array.from({ length: 10 }, () => 'unauthorized'), 'rate_limited']);
    }));

  test('notes wrong logins by account and never what was typed, so many an hour', () =>
    onFile(async (open) => {
      const { desk, storage } = open();
      await withAccount({ desk, storage });
      const guess = (typed: string, address: string) =>
        desk.sessions
          .openOwner({ email: typed, password: 'not that at all' }, { ...from, address })
          .catch(() => undefined);
      await guess(email, 'a');
      await guess('my-password@instead.example', 'b');
      await desk.sessions.openOperator('not the token', from).catch(() => undefined);
      const refused = async () =>
        (await storage.audit({ shops: '*', who: '', limit: 500 })).filter(({ action }) => action === 'session.refused');
      expect((await refused()).map(({ who, subject }) => [who, subject])).toEqual([
        ['somebody', 'operator'],
        ['somebody', null],
        ['somebody', email],
      ]);
      for (let tries = 0; tries < 230; tries++) await guess(`owner${tries}@pets.example`, `network ${tries}`);
      expect(await refused()).toHaveLength(200);
    }));

  test('pages through its log, and forgets what has ended', () =>
    onFile(async (open) => {
      const { desk, storage } = open();
      for (let count = 1; count <= 5; count++) {
        await desk.audit.note('operator', {
          action: 'test.done',
          shop: count % 2 ? 'pets' : 'books',
          after: { count },
        });
      }
      const owner = { kind: 'owner', id: 'acc', who: email, shops: ['pets'] } as const;
      const first = await desk.audit.page(owner, { limit: 2 });
      expect(first.entries.map(({ after }) => after)).toEqual([{ count: 5 }, { count: 3 }]);
      const last = await desk.audit.page(owner, { limit: 2, before: first.next! });
      expect(last).toMatchObject({ entries: [{ after: { count: 1 } }], next: null });

      const { secret } = await desk.sessions.openOperator(adminToken, from);
      const later = Date.now() + 8 * 24 * 60 * 60_000;
      await storage.pruneDesk({ now: later, idleSince: 0, auditBefore: later }, 100);
      expect(await desk.sessions.find(secret)).toBeUndefined();
      expect(await storage.audit({ shops: '*', who: '', limit: 100 })).toEqual([]);
    }));
});

describe('passwords', () => {
  test('are hashed two at once, with a short row, and the rest told to come again', async () => {
    const passwords = createPasswords({ ln: 10 });
    const all = await Promise.allSettled(Array.from({ length: 13 }, () => passwords.hash(password)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(all.filter((one) => one.status === 'rejected').map(({ reason }) => reason.code)).toEqual(
      Array.from({ length: 3 }, () => 'overloaded'),
    );
    // And after that there is room again.
    expect(await passwords.verify(password, await passwords.hash(password))).toBe('right');
  });

  test('cost what OWASP asks for, and are the same however the keyboard writes them', async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash('cafe\u0301 au lait');
    expect(hash).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    expect(await passwords.verify('caf\u00e9 au lait', hash)).toBe('right');
    expect(await passwords.verify('cafe au lait', hash)).toBe('wrong');
  });

  test('of nobody are wrong, whatever they are', async () => {
    const passwords = createPasswords({ ln: 4 });
    expect(await passwords.verify('', null)).toBe('wrong');
    expect(await passwords.verify(password, null)).toBe('wrong');
  });
});
