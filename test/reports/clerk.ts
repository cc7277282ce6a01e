/** The proxy, which says at its end how long its event loop was held up since it was told to begin counting. */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
process.on('SIGUSR2', () => delay.reset());
process.on('exit', () => {
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
  console.error(
    `event-loop delay beside the reports: p50 ${ms(delay.percentile(50))} ms, p99 ${ms(delay.percentile(99))} ms, longest ${ms(delay.max)} ms`,
  );
});
// Plain JavaScript, of which TypeScript knows nothing.
const door = new URL('../../proxy/start.js', import.meta.url).href;
await import(door);
