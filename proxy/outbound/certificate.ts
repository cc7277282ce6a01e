import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { OutboundError } from './outbound-error.ts';
import type { Certificate, Guard } from './types.ts';

const TIMEOUT_MS = 10_000;

/** Shakes hands as a browser does, and hangs up. @throws OutboundError, also for one that browsers don't accept */
export async function certificateOf(url: URL, signal: AbortSignal, guard: Guard): Promise<Certificate> {
  guard.check(url);
  signal.throwIfAborted();
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
      ALPNProtocols: ['h2', 'http/1.1'],
      lookup: guard.lookup,
      timeout: TIMEOUT_MS,
    });
    const refuse = (reason: string, cause?: unknown) => {
      socket.destroy();
      reject(new OutboundError('failed', `${url.host} can't be reached over TLS: ${reason}`, { cause }));
    };
    const stop = () => refuse('stopped.');
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', stop));
    socket.once('timeout', () => refuse('it takes too long.'));
    socket.once('error', (error) => refuse(error.message, error));
    socket.once('secureConnect', () => {
      resolve({ validTo: Date.parse(socket.getPeerCertificate().valid_to), protocol: socket.alpnProtocol || '' });
      socket.destroy();
    });
  });
}
