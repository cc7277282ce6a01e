import { createBrought, type Brought } from '../bring.ts';
import { TransportError } from './types.ts';

/** It lies where the proxy is: when it can be had, the line is back. */
export const trouble = createBrought(() => import('./trouble.ts'));

/** Rejects as `Transport` does, when it can't be had. */
export async function need<T>({ bring }: Brought<T>): Promise<T> {
  const part = await bring();
  if (part) return part;
  throw new TransportError('network', 'A part of the chat could not be loaded.', { retryable: true });
}
