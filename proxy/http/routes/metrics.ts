import { Hono } from 'hono';
import type { Metrics } from '../../metrics/types.ts';
import type { HttpEnv } from '../env.ts';
import { only } from '../middleware/errors.ts';
import { requireAdmin, type AdminDeps } from '../middleware/require-admin.ts';

export interface MetricsRouteDeps extends AdminDeps {
  metrics: Metrics;
}

/** For Prometheus and its like: they send the admin token as a bearer token. */
export function metrics({ metrics, adminToken }: MetricsRouteDeps) {
  return new Hono<HttpEnv>()
    .get('/', requireAdmin({ adminToken }, 'to read metrics'), async (c) =>
      c.body(await metrics.text(), 200, { 'Content-Type': metrics.type }),
    )
    .all('/', only('GET'));
}
