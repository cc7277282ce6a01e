import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { verifyWebhook } from '../../../proxy/catalog/woocommerce-webhook.ts';
import { recording } from '../../fakes/fake-woocommerce.ts';

const SECRET = 'loopback-webhook-secret';

/** A delivery as it was recorded. */
function delivery(name: string) {
  const { headers = {}, rawBody, body } = recording(name).request;
  return { headers: new Headers(headers), rawBody: Buffer.from(rawBody ?? body ?? '') };
}

/** One that is signed right. */
function signed(topic: string, body: unknown, secret = SECRET) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const signature = createHmac('sha256', secret).update(rawBody).digest('base64');
  return {
    rawBody,
    headers: new Headers({ 'x-wc-webhook-topic': topic, 'x-wc-webhook-signature': signature }),
  };
}

const check = ({ rawBody, headers }: ReturnType<typeof delivery>, secret = SECRET) =>
  verifyWebhook(rawBody, headers, secret);

describe('a delivery', () => {
  test.each([
    ['webhook-product.created', 'changed', '184'],
    ['webhook-product.updated', 'changed', '184'],
    ['webhook-product.deleted', 'deleted', '184'],
  ])('that was recorded, %s, is %s', (name, kind, productId) => {
    expect(check(delivery(name))).toMatchObject({ kind, productId, deliveryId: expect.stringMatching(/^\w{32}$/) });
  });

  test('of an edited variation names the variation: its product has changed', () => {
    expect(check(delivery('webhook-product.updated-variation-edit'))).toMatchObject({
      kind: 'changed',
      productId: '74',
    });
  });

  test('of a product that came back from the trash is a change', () => {
    expect(check(signed('product.restored', { id: 62, type: 'simple', parent_id: 0 }))).toMatchObject({
      kind: 'changed',
      productId: '62',
    });
  });

  test('that begins it all is a ping: form-encoded, unsigned, without a topic', () => {
    expect(check(delivery('webhook-ping'))).toEqual({ kind: 'ping', webhookId: 1 });
  });

  test.each(['order.created', 'product.published', 'action.wc_x', ''])('about %j is for others', (topic) => {
    expect(check(signed(topic, { id: 1 }))).toMatchObject({ kind: 'other', topic });
  });

  test('of a child of a grouped product stays that product', () => {
    expect(check(signed('product.updated', { id: 62, type: 'simple', parent_id: 56 }))).toMatchObject({
      productId: '62',
    });
  });
});

describe('refused is', () => {
  test('a body that was changed by one byte', () => {
    const { rawBody, headers } = delivery('webhook-product.deleted');
    rawBody[6] = '9'.charCodeAt(0);
    expect(check({ rawBody, headers })).toEqual({ kind: 'refused', reason: 'the signature is wrong' });
  });

  test.each([
    ['another secret', delivery('webhook-product.updated'), 'another'],
    ['no secret set, however it is signed', signed('product.deleted', { id: 1 }, ''), ''],
  ])('%s', (_, given, secret) => {
    expect(check(given, secret)).toMatchObject({ kind: 'refused' });
  });

  test.each(['', 'x', '====', 'A'.repeat(44), 'é'])('the signature %j', (signature) => {
    const { rawBody, headers } = delivery('webhook-product.updated');
    headers.set('x-wc-webhook-signature', signature);
    expect(check({ rawBody, headers })).toMatchObject({ kind: 'refused' });
  });

  test('an unsigned body that is no ping', () => {
    const { rawBody, headers } = delivery('webhook-product.updated');
    headers.delete('x-wc-webhook-signature');
    expect(check({ rawBody, headers })).toMatchObject({ kind: 'refused', reason: 'it has no signature' });
    expect(check({ rawBody: Buffer.from('webhook_id=1&id=62'), headers })).toMatchObject({ kind: 'refused' });
  });

  test.each(['no json', '[]', '{"id":"62"}', '{"id":-1}', 'null'])('the signed body %s', (body) => {
    expect(check(signed('product.updated', body))).toMatchObject({ kind: 'refused', reason: 'the body is no product' });
  });

  test('a body without end', () => {
    expect(check(signed('product.updated', 'x'.repeat(6_000_000)))).toMatchObject({ kind: 'refused' });
  });
});
