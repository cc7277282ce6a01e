import { describe, expect, test } from 'vitest';
import { serveProxy } from '../served.ts';

const adminToken = 'an admin token that only a test may know';

describe('/api/admin/shops', () => {
  test('tells the operator of all shops, and nobody else of any', async () => {
    const { api } = await serveProxy([], { adminToken });
    const shops = [
      { slug: 'books', name: 'books', locale: 'en' },
      { slug: 'pets', name: 'pets', locale: 'en' },
    ];
    expect(await api('GET', '/api/admin/shops', { token: adminToken })).toMatchObject({ status: 200, body: { shops } });
    for (const token of ['', `${adminToken}x`, adminToken.slice(1)]) {
      const { status, body } = await api('GET', '/api/admin/shops', { token });
      expect({ status, body }).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } });
    }
  });
});
