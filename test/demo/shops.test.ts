import { expect, test } from 'vitest';
import { demoShops } from '../../demo/index.ts';
import { limitsOfEnvironment } from '../../proxy/find-shops.ts';

test('the demo store may be shown by the pages that the environment names', () => {
  const shops = demoShops(limitsOfEnvironment({ SHOP_ORIGINS: 'http://localhost:3000', SHOP_NAME: 'Mine' }));
  expect(shops[0]!.values).toMatchObject({ name: 'Pippalo', origins: ['http://localhost:3000'] });
});
