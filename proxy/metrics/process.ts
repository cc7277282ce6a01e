import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

const QUANTILES = [0.5, 0.99, 1] as const;
const NANO = 1e-9;
const RESOLUTION_MS = 20;

/** What every process has, under the names that dashboards know. */
export function registerProcess(registry: Registry): { close(): void } {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  registry.registerMetric(
    new Gauge({
      name: 'shopclerk_event_loop_delay_seconds',
      help: 'How late the event loop comes to its work, since this was last read: median, 99th percentile and the worst.',
      labelNames: ['quantile'] as const,
      registers: [],
      collect() {
        for (const quantile of QUANTILES) {
          const late = quantile === 1 ? delay.max : delay.percentile(quantile * 100);
          // The timer's own period is part of what it measures. Before its first tick there is nothing.
          const own = delay.count === 0 ? 0 : Math.max(0, late - RESOLUTION_MS * 1e6);
          this.set({ quantile: String(quantile) }, own * NANO);
        }
        delay.reset();
      },
    }),
  );
  registry.registerMetric(
    new Counter({
      name: 'process_cpu_seconds_total',
      help: 'Processor time, of all threads.',
      registers: [],
      collect() {
        const { user, system } = process.cpuUsage();
        this.reset();
        this.inc((user + system) / 1e6);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'process_resident_memory_bytes',
      help: 'Memory of the process.',
      registers: [],
      collect() {
        this.set(process.memoryUsage.rss());
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'process_start_time_seconds',
      help: 'When it started, in seconds since 1970.',
      registers: [],
      collect() {
        this.set(Math.round(Date.now() / 1000 - process.uptime()));
      },
    }),
  );
  return { close: () => void delay.disable() };
}
