import { describe, expect, test } from 'vitest';
import { secretsOf } from '../../../proxy/shops/index.ts';
import { shopFiles } from './shop-files.ts';

const HOOK = { url: 'https://acme.example/hook', secret: 'env:HOOK_SECRET' };
const env = { HOOK_SECRET: 'hook-secret-0123456789ab', SHORT_SECRET: 'hook-secret-0123456789a' };

async function read(contact: object, changes: Parameters<ReturnType<typeof shopFiles>['read']>[0] = {}) {
  const files = shopFiles();
  files.write('acme.json', { contact });
  const [reading] = await files.read({ env, ...changes });
  return reading!;
}

async function problems(contact: object, changes?: Parameters<typeof read>[1]): Promise<string[]> {
  return (await read(contact, changes)).problems.map((line) => line.replace('shops/acme.json: ', ''));
}

describe('a contact', () => {
  test('has a form unless the owner takes it away, and a form alone is one', async () => {
    const contactOf = async (contact: object) => (await read(contact)).shop!.contact;
    expect(await contactOf({ email: 'a@acme.example' })).toEqual({ email: 'a@acme.example', form: true });
    expect(await contactOf({ email: 'a@acme.example', form: false })).toEqual({ email: 'a@acme.example' });
    expect(await contactOf({ form: true })).toEqual({ form: true });
    expect(await problems({ form: false })).toEqual(['contact: needs an "email", a "phone", a "url" or the "form"']);
  });

  test('that is a form alone is a way to go on when the budget is used up', async () => {
    expect((await read({ form: true })).shop!.limits.whenSpent).toEqual(['search', 'contact']);
  });

  test('says where messages go: a webhook with a secret, an e-mail address, or nowhere', async () => {
    expect((await read({ form: true })).shop!.contactDelivery).toBeNull();
    const { shop } = await read({ deliver: { webhook: HOOK } });
    expect(shop!.contactDelivery).toMatchObject({ kind: 'webhook', url: HOOK.url });
    expect(secretsOf(shop!)).toContain(env.HOOK_SECRET);
    expect(JSON.stringify(shop)).not.toContain(env.HOOK_SECRET);
    const mailed = await read({ deliver: { email: 'owner@acme.example' } }, { canMail: true });
    expect(mailed.shop!.contactDelivery).toEqual({ kind: 'email', email: 'owner@acme.example' });
  });

  test.each([
    [{ form: false, email: 'a@acme.example', deliver: { webhook: HOOK } }, 'contact.deliver: says where the form'],
    [{ deliver: {} }, 'contact.deliver: needs either "webhook" or "email"'],
    [{ deliver: { webhook: HOOK, email: 'a@b.example' } }, 'contact.deliver: needs either "webhook" or "email"'],
    [{ deliver: { email: 'nobody' } }, 'contact.deliver.email: must be an e-mail address'],
    [{ deliver: { email: 'a@b.example' } }, 'contact.deliver.email: needs a mail server: set SMTP_URL and MAIL_FROM'],
    [{ deliver: { webhook: { url: HOOK.url } } }, 'contact.deliver.webhook.secret:'],
    [{ deliver: { webhook: { ...HOOK, secret: 'plain' } } }, 'contact.deliver.webhook.secret: is a secret'],
    [{ deliver: { webhook: { ...HOOK, secret: 'env:NONE' } } }, 'contact.deliver.webhook.secret: NONE is not set'],
    [
      { deliver: { webhook: { ...HOOK, secret: 'env:SHORT_SECRET' } } },
      'contact.deliver.webhook.secret: must have at least 24 characters; `openssl rand -base64 32` makes one',
    ],
    [
      { deliver: { webhook: { ...HOOK, url: 'http://a.example' } } },
      'contact.deliver.webhook.url: must begin with https',
    ],
    [{ deliver: { webhook: { ...HOOK, url: 'https://10.0.0.5/' } } }, 'contact.deliver.webhook.url: leads inside'],
  ])('that can not work is refused: %j', async (contact, problem) => {
    expect(await problems(contact)).toEqual([expect.stringContaining(problem)]);
  });

  test('of a shop without a file stands in variables', async () => {
    const files = shopFiles();
    files.remove('../catalog.json');
    const catalog = { CATALOG_URL: 'https://a.example/c.json' };
    const shopOf = async (variables: Record<string, string>, canMail = false) =>
      (await files.read({ env: { ...catalog, ...variables }, canMail }))[0]!;
    const hook = { SHOP_CONTACT_WEBHOOK_URL: HOOK.url, SHOP_CONTACT_WEBHOOK_SECRET: env.HOOK_SECRET };
    const hooked = await shopOf(hook);
    expect(hooked.shop).toMatchObject({ contact: { form: true }, contactDelivery: { kind: 'webhook', url: HOOK.url } });
    expect(secretsOf(hooked.shop!)).toContain(env.HOOK_SECRET);
    expect((await shopOf({ SHOP_CONTACT_FORM: 'true' })).shop!.contact).toEqual({ form: true });
    const off = { SHOP_CONTACT_EMAIL: 'a@acme.example', SHOP_CONTACT_FORM: 'false' };
    expect((await shopOf(off)).shop!.contact).toEqual({ email: 'a@acme.example' });
    const mailed = { SHOP_CONTACT_DELIVER_EMAIL: 'owner@acme.example' };
    expect((await shopOf(mailed, true)).shop!.contactDelivery).toEqual({ kind: 'email', email: 'owner@acme.example' });
    expect((await shopOf(mailed)).problems).toEqual([expect.stringContaining('SHOP_CONTACT_DELIVER_EMAIL')]);
  });
});
