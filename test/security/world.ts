/**
 * Loaded into the proxy's process before anything of its own: the world around it, as a test wants to have it. Its clock
 * can be put forward, names resolve as the test says, every connection that it makes or tries is told to the test, and
 * none leaves this machine: addresses of the public internet lead to loopback addresses that play them.
 */
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import type { FromTheTest, ToTheTest, World } from './world-types.ts';

const world = JSON.parse(process.env['WORLD']!) as World;
let ahead = world.clockAheadMs;
const asked = new Map<string, number>();

const realNow = Date.now;
Date.now = () => realNow() + ahead;

/** The proxy's threads are loaded with this as well, and only the first one has a line to the test. */
const threads = new BroadcastChannel('world');
threads.unref();
if (isMainThread) threads.onmessage = ({ data }) => process.send?.(data);

function tell(message: ToTheTest): void {
  if (isMainThread) process.send?.(message);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel between threads, no window
  else threads.postMessage(message);
}

process.on('message', (message: FromTheTest) => {
  ahead = message.clockAheadMs;
  tell({ heard: message.number });
});
process.channel?.unref();
// A test that crashed leaves nobody behind.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

/** Each question takes the next answer, the last one stays. */
function addressesOf(hostname: string): { address: string; family: number }[] {
  if (net.isIP(hostname) !== 0) return [{ address: hostname, family: net.isIP(hostname) }];
  const answers = world.names[hostname];
  if (!answers) throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), { code: 'ENOTFOUND' });
  const times = asked.get(hostname) ?? 0;
  asked.set(hostname, times + 1);
  return answers[Math.min(times, answers.length - 1)]!.map((address) => ({ address, family: net.isIP(address) }));
}

dns.promises.lookup = (async (hostname: string) => addressesOf(hostname)) as unknown as typeof dns.promises.lookup;
syncBuiltinESMExports();

/** Nothing listens there. */
const NOWHERE = '127.255.255.254';

function reach(host: string, address: string, port: number): string {
  tell({ outgoing: { host, address, port } });
  if (world.hosts[address] !== undefined) return world.hosts[address];
  return /^127\.|^::1$/.test(address) ? address : NOWHERE;
}

type Options = net.TcpSocketConnectOpts;
type Callback = (error: Error | null, found: string | dns.LookupAddress[], family?: number) => void;

function watched(options: Options): Options {
  const { host = 'localhost', port } = options;
  if (net.isIP(host) !== 0) return { ...options, host: reach(host, host, port) };
  function systemLookup(hostname: string, _: object, answer: Callback): void {
    try {
      answer(null, addressesOf(hostname));
    } catch (error) {
      answer(error as Error, []);
    }
  }
  const resolve = options.lookup ?? systemLookup;
  function lookup(hostname: string, { all }: dns.LookupOptions, answer: Callback): void {
    resolve(hostname, { all: true }, (error, found) => {
      if (error) return answer(error, []);
      const reached = (found as dns.LookupAddress[]).map(({ address }) => reach(hostname, address, port));
      if (!all) return answer(null, reached[0]!, net.isIP(reached[0]!));
      answer(
        null,
        reached.map((address) => ({ address, family: net.isIP(address) })),
      );
    });
  }
  return { ...options, lookup };
}

const connect: (this: net.Socket, ...args: never) => net.Socket = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  // Node hands a list of its own from net.connect to here; it is known by a mark on it, so it must stay the same list.
  const holder = (Array.isArray(args[0]) ? args[0] : args) as [Options];
  holder[0] = watched(holder[0]);
  return connect.apply(this, args as never);
};
