import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { OWN_S } from './buckets.ts';
import type { Metrics } from './types.ts';

/** A label must not be what somebody sends. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function registerRequests(registry: Registry): Pick<Metrics, 'answered' | 'refused' | 'follow'> {
  const registers = [registry];
  const requests = new Histogram({
    name: 'shopclerk_request_duration_seconds',
    help: 'Requests by method, route and class of status, until the answer; of a stream until its head.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: OWN_S,
    registers,
  });
  const refused = new Counter({
    name: 'shopclerk_requests_refused_total',
    help: 'Requests that ended with an error, by its code.',
    labelNames: ['code'] as const,
    registers,
  });
  let following = 0;
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_streams_open',
      help: 'Answers that somebody follows, as a stream or by waiting for it.',
      registers: [],
      collect() {
        this.set(following);
      },
    }),
  );
  return {
    answered({ method, route, status, ms }) {
      const labels = { method: METHODS.has(method) ? method : 'other', route, status: `${Math.floor(status / 100)}xx` };
      requests.observe(labels, ms / 1000);
    },
    refused: (code) => refused.inc({ code }),
    follow() {
      let isOpen = true;
      following++;
      return () => {
        if (isOpen) following--;
        isOpen = false;
      };
    },
  };
}
